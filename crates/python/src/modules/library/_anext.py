"""`anext` with a default."""


async def or_default(awaitable, default):
    try:
        return await awaitable
    except StopAsyncIteration:
        return default
