# A task that meets another after many short sleeps, which come later than a long one.
import asyncio


async def ticks(name, seconds, count):
    for number in range(count):
        print(name, number)
        await asyncio.sleep(seconds)
    return name


async def main():
    task = asyncio.create_task(ticks("short", 0.05, 4))
    await asyncio.sleep(0.2)
    print("long", task.done())
    print(await task)
    try:
        await asyncio.wait_for(ticks("late", 0.2, 2), timeout=0.3)
    except asyncio.TimeoutError:
        print("timeout")
    try:
        await asyncio.wait_for(asyncio.sleep(0.1), timeout=0.1)
        print("in time")
    except asyncio.TimeoutError:
        print("timeout at once")


asyncio.run(main())
