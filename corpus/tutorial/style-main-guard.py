def main():
    total = 0
    for n in range(4):
        total += n
    print("total", total)

if __name__ == "__main__":
    main()
