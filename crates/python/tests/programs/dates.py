from datetime import date, datetime, timedelta
import datetime as dt

start = date(2020, 2, 28)
week = timedelta(weeks=1, hours=1.5)
for step in range(3):
    day = start + step * timedelta(days=1)
    print(day, day.strftime("%A %d %B %Y %j %U"), day.weekday())
moment = datetime.strptime("2021-03-04 05:06:07", "%Y-%m-%d %H:%M:%S")
later = moment + week
print(later, repr(later - moment), later > moment, f"{later:%H:%M}")
print(week.total_seconds(), week / 2, -week, dt.time(4, 5))
names = {start, date(1999, 12, 31), date(2001, 1, 1), date(1, 2, 3)}
kinds = [date, datetime, timedelta]
for year, month in ((2021, 2), (2020, 13)):
    try:
        last = date(year, month, 29)
    except ValueError as error:
        print(error)
wrong = datetime.strptime("x", "%Y")
