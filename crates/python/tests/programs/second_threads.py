import threading
lock = threading.Lock()
class Counter:
    def __init__(self): self.n = 0
    def inc(self):
        with lock:
            self.n += 1
c = Counter()
def work(k):
    for _ in range(k):
        c.inc()
def go():
    for k in (10, 20):
        threading.Thread(target=work, args=(k,), daemon=True).start()
    print(c.n, threading.active_count(), threading.current_thread().name)
go()
data = threading.local()
data.x = 1
def w2():
    print(hasattr(data, 'x'), threading.current_thread().name, threading.current_thread() is threading.main_thread())
    data.x = 5
threading.Thread(target=w2, name="W").start()
print(data.x)
def bad():
    raise ValueError("x")
threading.Thread(target=bad).start()
try:
    threading.Thread(target=bad).join()
except RuntimeError as e:
    print(e)
print("end")
import threading, queue
q = queue.Queue()
def producer():
    for i in range(5):
        q.put(i)
    q.put(None)
def consumer(out):
    while (x := q.get()) is not None:
        out.append(x * 2)
out = []
threading.Thread(target=producer).start()
threading.Thread(target=consumer, args=(out,)).start()
print(out)
e = threading.Event()
threading.Thread(target=e.set).start()
print(e.wait(1), e.is_set())
class T(threading.Thread):
    def run(self):
        out.append(self.name)
T().start()
T(name="q").start()
print(out)
