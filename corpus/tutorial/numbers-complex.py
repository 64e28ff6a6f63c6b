z = 3 + 4j
print(z.real, z.imag)
print(abs(z))
w = z * 1j
print(w, w.conjugate())
