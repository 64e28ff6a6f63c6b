data = "héllo".encode("utf-8")
print(data, len(data))
print(data.decode("utf-8").upper())
print(bytes([104, 105]), bytearray(b"abc")[0])
