# Escapes of surrogates that stand where nothing is escaped.
# comment \ud83d
x = b'\ud83d' + rb'\ud811'
print(x, f'{1}\\ud83d', '''
\\ud83d''', '\\\\ud83d', 'ok\\')
print(r'\ud83d\ude00', '\\ud83d')
