import calendar
print(calendar.month(2024, 2)); print(calendar.month(2023, 10, 4, 2)); calendar.prmonth(2021, 1)
print(calendar.calendar(2024)); print(calendar.calendar(2023, 3, 1, 4, 4))
print(calendar.weekheader(3), '|', calendar.weekheader(10), calendar.firstweekday(), calendar.monthcalendar(2024, 2))
calendar.setfirstweekday(calendar.SUNDAY)
print(calendar.month(2024, 9), calendar.monthcalendar(2024, 9), calendar.firstweekday(), calendar.weekheader(2))
try: calendar.setfirstweekday(9)
except calendar.IllegalWeekdayError as e: print(e, isinstance(e, ValueError))
try: calendar.month(2024, 13)
except Exception as e: print(type(e).__name__, e)
print(calendar.timegm((2024, 1, 1, 12, 30, 5)), calendar.week([(1,0),(0,1),(12,2)], 3))
calendar.prcal(2022); calendar.prweek([(1,0),(2,1)], 2); print()
import calendar
t = calendar.TextCalendar(6)
print(t.formatmonth(2025, 3)); t.prmonth(2025, 4, 5); print(t.formatyear(2025, m=2)); print(t.formatweekheader(4), t.formatmonthname(2025, 1, 30), t.formatday(5, 1, 4), t.getfirstweekday())
class Star(calendar.TextCalendar):
    def formatday(self, day, weekday, width):
        if day == 14:
            return '**'
        return super().formatday(day, weekday, width)
print(Star().formatmonth(2024, 2))
c = calendar.Calendar(firstweekday=6)
print(c.yeardayscalendar(2024, 2)[0][0], len(c.yeardatescalendar(2024)), c.yeardays2calendar(2024, 6)[1][2][0], list(c.iterweekdays()), list(c.itermonthdays(2024, 2))[:8])
print(list(calendar.day_name), list(calendar.month_abbr)[:3], calendar.day_abbr[0], calendar.month_name[1:3], calendar.leapdays(2000, 2024))
calendar.format(['a', 'b', 'c']); print(calendar.formatstring(['x', 'y'], 5, 2) + '|')
