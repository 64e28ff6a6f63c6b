# Tasks that meet after many short sleeps and after a long one.
import asyncio
async def w(n, d, k):
    for i in range(k):
        print(n, i)
        await asyncio.sleep(d)
    return n
async def main():
    pass

    await asyncio.sleep(0.3)
    print("main")

    print(await asyncio.gather(*(w(i, d, k) for i, (d, k) in enumerate([(0.1, 3), (0.15, 2), (0.3, 1), (0, 3), (0.05, 6)]))))
    try:
        await asyncio.wait_for(w('x', 1, 2), timeout=1.5)
    except asyncio.TimeoutError:
        print('timeout')
    try:
        await asyncio.wait_for(asyncio.sleep(0.2), timeout=0.2)
        print('in time')
    except asyncio.TimeoutError:
        print('timeout')
asyncio.run(main())
async def prod(q):
    for i in range(5):
        await q.put(i); print('put', i)
        await asyncio.sleep(0.1)
    await q.put(None)
async def cons(q):
    while (x := await q.get()) is not None:
        print('got', x)
        await asyncio.sleep(0.2)
async def main2():
    q = asyncio.Queue(maxsize=2)
    await asyncio.gather(prod(q), cons(q))
asyncio.run(main2())
