"""`time`: what does not look at a clock."""

from _tracer import is_in_thread as _is_in_thread, refuse_tasks as _refuse_tasks, unsupported

timezone = altzone = daylight = 0
tzname = ("UTC", "UTC")
CLOCK_REALTIME = 0
CLOCK_MONOTONIC = 1
CLOCK_MONOTONIC_RAW = 4
CLOCK_PROCESS_CPUTIME_ID = 2
CLOCK_THREAD_CPUTIME_ID = 3
CLOCK_BOOTTIME = 7
CLOCK_TAI = 11


def sleep(secs, /):
    """Returns at once: nothing in a trace shows the time that passes."""
    if not isinstance(secs, (int, float)):
        if not hasattr(secs, "__index__"):
            raise TypeError(f"'{type(secs).__name__}' object cannot be interpreted as an integer")
        unsupported("time.sleep of this type")
    if secs < 0:
        raise ValueError("sleep length must be non-negative")
    if _is_in_thread():
        unsupported("a thread that sleeps")
    _refuse_tasks()


def _refuse(name):
    unsupported(f"the clock (time.{name})")


def time():
    _refuse("time")


def time_ns():
    _refuse("time_ns")


def perf_counter():
    _refuse("perf_counter")


def perf_counter_ns():
    _refuse("perf_counter_ns")


def process_time():
    _refuse("process_time")


def process_time_ns():
    _refuse("process_time_ns")


def monotonic():
    _refuse("monotonic")


def monotonic_ns():
    _refuse("monotonic_ns")


def thread_time():
    _refuse("thread_time")


def ctime(seconds=None, /):
    _refuse("ctime")


def localtime(seconds=None, /):
    _refuse("localtime")


def __getattr__(name):
    """What makes text of given times is loaded when it is asked for."""
    if name in ("struct_time", "gmtime", "strftime", "asctime", "strptime"):
        import _time_struct

        found = globals()[name] = getattr(_time_struct, name)
        return found
    if name in ("clock_getres", "clock_gettime", "clock_gettime_ns", "clock_settime", "clock_settime_ns", "get_clock_info",
                "mktime", "pthread_getcpuclockid", "thread_time_ns", "tzset"):
        unsupported("time." + name)
    raise AttributeError(f"module 'time' has no attribute '{name}'")
