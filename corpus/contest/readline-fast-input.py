import sys
input = sys.stdin.readline

def main():
    n = int(input())
    a = list(map(int, input().split()))
    answer = 0
    for i in range(n):
        if a[i] > i:
            answer += 1
    print(answer)

main()
