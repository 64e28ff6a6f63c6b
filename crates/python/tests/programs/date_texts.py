from datetime import *
for s in ['2024-02-29','20240229','2024-W09-4','2024W094','2024-W09','2024W09','2024-2-29','2024-02-30','abc','','2024-02-29T','2024-13-01']:
    try: print(s, date.fromisoformat(s))
    except ValueError as e: print(e)
for s in ['12','12:30','12:30:45','12:30:45.5','12:30:45,123','12:30:45.123456789','1230','123045','123045.25','T12:30','12:30Z','12:30+05:30','12:30:45.5-0530','12:30-05','25:00','12:60','1','12:3','12:30+','12:30:45+25:00','','12:30z', '12:30+00:00']:
    try: print(s, repr(time.fromisoformat(s)))
    except ValueError as e: print(e)
for s in ['2024-02-29','2024-02-29T12','2024-02-29 12:30','2024-02-29T12:30:45Z','20240229T123045','20240229T123045+0530','2024-02-29T12:30:45.123+01:00','2024-02-29x12:30','2024-02-29T','2024-02-29T1','2024-W09-4','bad','2024-02-29T12:30:45-00:00','2024-02-29T25:00','2024-02-29T12:30:45.123456+05:30:15', '20240229']:
    try: print(s, repr(datetime.fromisoformat(s)))
    except ValueError as e: print(e)
from datetime import *
dt = datetime(2024, 3, 5, 7, 8, 9, 1234)
for f in ['%a %A %b %B %c %d %f %H %I %j %m %M %p %S %U %w %W %x %X %y %Y %Z %z %%', '%G-W%V-%u %g', '%D %e %F %h %k %l %n %t %R %r %T %C %P', '%-d/%-m/%-y %-I:%-M %-H %-S %-j', '%_d %_m %_H|%0e %0k', '%^a %^B %^p', '%Y年%m月%d日', 'plain', '']:
    print(repr(dt.strftime(f)), repr(dt.date().strftime(f)), repr(datetime(2019,12,31,23,59,59).strftime(f)))
print(f'{dt:%Y-%m-%d}', format(dt, '%H:%M'), f'{dt}', f'{dt.date():%d %b %Y}', f'{dt.time():%H}', dt.time().strftime('%H:%M:%S.%f %Y'), '{:%B %d, %Y}'.format(dt))
for y, m, d in ((2021,1,1),(2021,1,3),(2020,12,31),(2018,12,31),(2016,1,1)):
    print(date(y,m,d).strftime('%U %W %V %G %j %u %w'))
from datetime import *
for s, f in [('2024-03-05 07:08:09', '%Y-%m-%d %H:%M:%S'), ('05/03/24', '%d/%m/%y'), ('March 5, 2024', '%B %d, %Y'), ('5 mar 2024 11:30 PM', '%d %b %Y %I:%M %p'), ('Tue Mar 05 2024', '%a %b %d %Y'), ('12:30:45.123', '%H:%M:%S.%f'), ('2024-03-05T07:08:09+0530', '%Y-%m-%dT%H:%M:%S%z'), ('2024-03-05T07:08:09-05:00', '%Y-%m-%dT%H:%M:%S%z'), ('2024-03-05T07:08:09Z', '%Y-%m-%dT%H:%M:%S%z'), ('2024-060', '%Y-%j'), ('2024-03-05 UTC', '%Y-%m-%d %Z'), ('2024-03-05 UTC +0100', '%Y-%m-%d %Z %z'), ('2024-13-05', '%Y-%m-%d'), ('2024-02-30', '%Y-%m-%d'), ('2024-03-05 extra', '%Y-%m-%d'), ('abc', '%Y'), ('20240305', '%Y%m%d'), ('3', '%w'), ('x', '%'), ('x', '%Q'), ('12 AM', '%I %p'), ('12 PM', '%I %p'), ('100%', '100%%'), ('  2024', ' %Y'), ('69 68', '%y 68'), ('', '')]:
    try: print(repr(datetime.strptime(s, f)))
    except ValueError as e: print(e)
try: datetime.strptime(5, '%Y')
except TypeError as e: print(e)
