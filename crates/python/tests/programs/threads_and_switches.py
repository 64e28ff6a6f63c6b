import errno
import gc
import sys
import threading
from types import CoroutineType, GeneratorType, ModuleType, new_class

lock = threading.Lock()
with lock:
    print(lock.locked(), lock.acquire(False))
try:
    lock.release()
except RuntimeError as error:
    print(error)
event = threading.Event()
event.set()
print(event.is_set(), event.wait(), threading.current_thread().name, threading.active_count())
waiting = threading.Thread(target=print, args=(1,))
print(waiting, waiting.is_alive(), waiting.daemon)
slots = threading.BoundedSemaphore(2)
print(slots.acquire(), slots.acquire(), slots.acquire(blocking=False))
store = threading.local()
store.value = 5
print(store.value, hasattr(store, "other"))
gc.collect()
gc.disable()
print(gc.isenabled(), gc.get_threshold())
print(errno.ENOENT, errno.errorcode[2], errno.EAGAIN == errno.EWOULDBLOCK)
print(sys.version_info >= (3, 8), sys.version_info[:2], sys.implementation.name, sys.float_info.dig, sys.int_info)
print(sys.getsizeof(1), sys.getsizeof("abc"), sys.getdefaultencoding(), sys.exception())
made = new_class("Made", (), {}, lambda namespace: namespace.update(x=1))
print(made, made.x, isinstance(sys, ModuleType), CoroutineType, GeneratorType)
