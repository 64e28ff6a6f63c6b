"""`time`: what does not look at a clock."""

from _tracer import unsupported

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


def _clock(name):
    def read(*arguments):
        unsupported(f"the clock (time.{name})")

    read.__name__ = read.__qualname__ = name
    return read


time = _clock("time")
time_ns = _clock("time_ns")
perf_counter = _clock("perf_counter")
perf_counter_ns = _clock("perf_counter_ns")
process_time = _clock("process_time")
process_time_ns = _clock("process_time_ns")
monotonic = _clock("monotonic")
monotonic_ns = _clock("monotonic_ns")
thread_time = _clock("thread_time")
ctime = _clock("ctime")
localtime = _clock("localtime")


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
