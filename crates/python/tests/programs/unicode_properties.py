import unicodedata as u, random
random.seed(5)
marks = [0x300,0x301,0x323,0x327,0x5b0,0x5b4,0x591,0x3099,0x309a,0x11a8,0x1161,0xac00,0x1100,0x65,0x61,0x915,0x93c,0xfb1d,0xe9,0x1e69,0x0308,0x212b,0xfb01,0x3c9,0x345,0x342,0xac01,0x11c2,0xb2,0x2460]
for form in ('NFC','NFD','NFKC','NFKD'):
    for i in range(12):
        s = ''.join(chr(random.choice(marks)) for _ in range(random.randint(1,8)))
        print(ascii(u.normalize(form, s)), u.is_normalized(form, s))
for f in (lambda: u.name('\n'), lambda: u.name('ab'), lambda: u.name(5), lambda: u.category('ab'), lambda: u.category(3), lambda: u.decimal('x'), lambda: u.digit('x'), lambda: u.numeric('x'), lambda: u.normalize('NFX','é'), lambda: u.normalize('NFC', 5), lambda: u.normalize(5, 'x'), lambda:u.decimal('ab')):
    try: print(f())
    except Exception as e: print(type(e), e)
print(u.lookup('GREEK SMALL LETTER ALPHA'), u.lookup('greek small letter beta'), u.name('가'), u.name('中'), u.numeric('½'), u.decimal('٣'), u.digit('²'), u.unidata_version)
def strip_accents(s):
    return ''.join(c for c in u.normalize('NFD', s) if u.category(c) != 'Mn')
print(strip_accents('Çafé naïve Ångström'))

def digest(f):
    import hashlib
    return [hashlib.md5("|".join([str(f(chr(c))) for c in range(start, start + 256)]).encode()).hexdigest()[:6]
            for start in (0x0, 0x300, 0x900, 0x1e00, 0x2000, 0x2100, 0x3000, 0xac00, 0xff00, 0x1f600)]
for function in (u.category, u.bidirectional, u.combining, u.east_asian_width, u.mirrored, u.decomposition):
    print(digest(function))
print(digest(lambda c: u.name(c, None)), digest(lambda c: u.numeric(c, None)), digest(lambda c: u.normalize("NFKC", c).encode()))
