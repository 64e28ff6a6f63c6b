import textwrap
text = "Long lines are broken at spaces so that none of them passes the width"
for line in textwrap.wrap(text, width=20):
    print(line)
