"""async for, async with, asynchronous generators and tasks."""
import asyncio


class Gate:
    async def __aenter__(self):
        print("enter")
        return self

    async def __aexit__(self, kind, error, traceback):
        print("exit", kind.__name__ if kind else None)
        return kind is KeyError


class Countdown:
    def __init__(self, start):
        self.left = start

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.left == 0:
            raise StopAsyncIteration
        self.left -= 1
        await asyncio.sleep(0)
        return self.left


async def squares(count):
    try:
        for number in range(count):
            got = yield number * number
            if got:
                print("got", got)
    finally:
        print("closed")


async def worker(name, delay):
    await asyncio.sleep(delay)
    print("worker", name)
    return name


async def main():
    async with Gate():
        print([item async for item in Countdown(3)])
    async with Gate():
        raise KeyError("kept inside")
    async for square in squares(3):
        print("square", square)
    else:
        print("all")
    generator = squares(3)
    print(await generator.__anext__(), await generator.asend("hello"))
    await generator.aclose()
    print(await asyncio.gather(worker("a", 0.02), worker("b", 0.01), worker("c", 0)))
    task = asyncio.create_task(worker("d", 0))
    await asyncio.sleep(0)
    print(task.done(), await task, task.result())
    try:
        await asyncio.wait_for(worker("slow", 5), 0.01)
    except asyncio.TimeoutError:
        print("timeout")
    queue = asyncio.Queue(1)

    async def produce():
        for item in range(3):
            await queue.put(item)
        await queue.put(None)

    producer = produce()
    consumer = asyncio.create_task(producer)
    while (item := await queue.get()) is not None:
        print("item", item)
    await consumer
    return "done"


print(asyncio.run(main()))
