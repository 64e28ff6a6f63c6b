from datetime import date, timedelta
day = date(2020, 2, 27)
print(day, day.weekday())
print(day + timedelta(days=3))
founded = date(1999, 12, 31)
print((day - founded).days)
