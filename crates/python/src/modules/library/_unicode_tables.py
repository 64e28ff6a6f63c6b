"""Properties of Unicode 14.0 characters: where each run of equal values begins, as the distance from the last (base 36)."""

CATEGORY = """\
0:Cc w:Zs 1:Po 3:Sc 1:Po 3:Ps 1:Pe 1:Po 1:Sm 1:Po 1:Pd 1:Po 2:Nd a:Po 2:Sm 3:Po 2:Lu q:Ps 1:Po 1:Pe 1:Sk 1:Pc 1:Sk
1:Ll q:Ps 1:Sm 1:Pe 1:Sm 1:Cc x:Zs 1:Po 1:Sc 4:So 1:Po 1:Sk 1:So 1:Lo 1:Pi 1:Sm 1:Cf 1:So 1:Sk 1:So 1:Sm 1:No 2:Sk
1:Ll 1:Po 2:Sk 1:No 1:Lo 1:Pf 1:No 3:Po 1:Lu n:Sm 1:Lu 7:Ll o:Sm 1:Ll 8:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu
1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll
1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu
1:Ll 2:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 2:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll
1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu
1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 2:Ll 1:Lu 1:Ll 1:Lu 1:Ll
3:Lu 2:Ll 1:Lu 1:Ll 1:Lu 2:Ll 1:Lu 3:Ll 2:Lu 4:Ll 1:Lu 2:Ll 1:Lu 3:Ll 3:Lu 2:Ll 1:Lu 2:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu
2:Ll 1:Lu 1:Ll 2:Lu 1:Ll 1:Lu 2:Ll 1:Lu 3:Ll 1:Lu 1:Ll 1:Lu 2:Ll 2:Lo 1:Lu 1:Ll 3:Lo 4:Lu 1:Lt 1:Ll 1:Lu 1:Lt 1:Ll
1:Lu 1:Lt 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 2:Lu 1:Ll 1:Lu 1:Ll
1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 2:Lu 1:Lt 1:Ll 1:Lu 1:Ll 1:Lu 3:Ll 1:Lu 1:Ll
1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu
1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll
1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 7:Lu 2:Ll 1:Lu 2:Ll 2:Lu 1:Ll 1:Lu 4:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu
1:Ll 1:Lu 1:Ll 1x:Lo 1:Ll r:Lm i:Sk 4:Lm c:Sk e:Lm 5:Sk 7:Lm 1:Sk 1:Lm 1:Sk h:Mn 34:Lu 1:Ll 1:Lu 1:Ll 1:Lm 1:Sk 1:Lu
1:Ll 1:Cn 2:Lm 1:Ll 3:Po 1:Lu 1:Cn 4:Sk 2:Lu 1:Po 1:Lu 3:Cn 1:Lu 1:Cn 1:Lu 2:Ll 1:Lu h:Cn 1:Lu 9:Ll z:Lu 1:Ll 2:Lu
3:Ll 3:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll
1:Lu 1:Ll 5:Lu 1:Ll 1:Sm 1:Lu 1:Ll 1:Lu 2:Ll 2:Lu 1f:Ll 1c:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll
1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:So
1:Mn 5:Me 2:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu
1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll
1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 2:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu
1:Ll 2:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll
1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu
1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll
1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu
1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Cn 1:Lu 12:Cn 2:Lm 1:Po 6:Ll 15:Po 1:Pd 1:Cn 2:So 2:Sc 1:Cn 1:Mn 19:Pd 1:Mn 1:Po 1:Mn
2:Po 1:Mn 2:Po 1:Mn 1:Cn 8:Lo r:Cn 4:Lo 4:Po 2:Cn b:Cf 6:Sm 3:Po 2:Sc 1:Po 2:So 2:Mn b:Po 1:Cf 1:Po 3:Lo w:Lm 1:Lo
a:Mn l:Nd a:Po 4:Lo 2:Mn 1:Lo 2r:Po 1:Lo 1:Mn 7:Cf 1:So 1:Mn 6:Lm 2:Mn 2:So 1:Mn 4:Lo 2:Nd a:Lo 3:So 2:Lo 1:Po e:Cn
1:Cf 1:Lo 1:Mn 1:Lo u:Mn r:Cn 2:Lo 2h:Mn b:Lo 1:Cn e:Nd a:Lo x:Mn 9:Lm 2:So 1:Po 3:Lm 1:Cn 2:Mn 1:Sc 2:Lo m:Mn 4:Lm
1:Mn 9:Lm 1:Mn 3:Lm 1:Mn 5:Cn 2:Po f:Cn 1:Lo p:Mn 3:Cn 2:Po 1:Cn 1:Lo b:Cn 5:Lo o:Sk 1:Lo 6:Cn 1:Cf 2:Cn 6:Mn 8:Lo
15:Lm 1:Mn o:Cf 1:Mn w:Mc 1:Lo 1i:Mn 1:Mc 1:Mn 1:Lo 1:Mc 3:Mn 8:Mc 4:Mn 1:Mc 2:Lo 1:Mn 7:Lo a:Mn 2:Po 2:Nd a:Po 1:Lm
1:Lo f:Mn 1:Mc 2:Cn 1:Lo 8:Cn 2:Lo 2:Cn 2:Lo m:Cn 1:Lo 7:Cn 1:Lo 1:Cn 3:Lo 4:Cn 2:Mn 1:Lo 1:Mc 3:Mn 4:Cn 2:Mc 2:Cn
2:Mc 2:Mn 1:Lo 1:Cn 8:Mc 1:Cn 4:Lo 2:Cn 1:Lo 3:Mn 2:Cn 2:Nd a:Lo 2:Sc 2:No 6:So 1:Sc 1:Lo 1:Po 1:Mn 1:Cn 2:Mn 2:Mc
1:Cn 1:Lo 6:Cn 4:Lo 2:Cn 2:Lo m:Cn 1:Lo 7:Cn 1:Lo 2:Cn 1:Lo 2:Cn 1:Lo 2:Cn 2:Mn 1:Cn 1:Mc 3:Mn 2:Cn 4:Mn 2:Cn 2:Mn
3:Cn 3:Mn 1:Cn 7:Lo 4:Cn 1:Lo 1:Cn 7:Nd a:Mn 2:Lo 3:Mn 1:Po 1:Cn a:Mn 2:Mc 1:Cn 1:Lo 9:Cn 1:Lo 3:Cn 1:Lo m:Cn 1:Lo
7:Cn 1:Lo 2:Cn 1:Lo 5:Cn 2:Mn 1:Lo 1:Mc 3:Mn 5:Cn 1:Mn 2:Mc 1:Cn 1:Mc 2:Mn 1:Cn 2:Lo 1:Cn f:Lo 2:Mn 2:Cn 2:Nd a:Po
1:Sc 1:Cn 7:Lo 1:Mn 6:Cn 1:Mn 1:Mc 2:Cn 1:Lo 8:Cn 2:Lo 2:Cn 2:Lo m:Cn 1:Lo 7:Cn 1:Lo 2:Cn 1:Lo 5:Cn 2:Mn 1:Lo 1:Mc
1:Mn 1:Mc 1:Mn 4:Cn 2:Mc 2:Cn 2:Mc 2:Mn 1:Cn 7:Mn 2:Mc 1:Cn 4:Lo 2:Cn 1:Lo 3:Mn 2:Cn 2:Nd a:So 1:Lo 1:No 6:Cn a:Mn
1:Lo 1:Cn 1:Lo 6:Cn 3:Lo 3:Cn 1:Lo 4:Cn 3:Lo 2:Cn 1:Lo 1:Cn 1:Lo 2:Cn 3:Lo 2:Cn 3:Lo 3:Cn 3:Lo c:Cn 4:Mc 2:Mn 1:Mc
2:Cn 3:Mc 3:Cn 1:Mc 3:Mn 1:Cn 2:Lo 1:Cn 6:Mc 1:Cn e:Nd a:No 3:So 6:Sc 1:So 1:Cn 5:Mn 1:Mc 3:Mn 1:Lo 8:Cn 1:Lo 3:Cn
1:Lo n:Cn 1:Lo g:Cn 2:Mn 1:Lo 1:Mn 3:Mc 4:Cn 1:Mn 3:Cn 1:Mn 4:Cn 7:Mn 2:Cn 1:Lo 3:Cn 2:Lo 1:Cn 2:Lo 2:Mn 2:Cn 2:Nd
a:Cn 7:Po 1:No 7:So 1:Lo 1:Mn 1:Mc 2:Po 1:Lo 8:Cn 1:Lo 3:Cn 1:Lo n:Cn 1:Lo a:Cn 1:Lo 5:Cn 2:Mn 1:Lo 1:Mc 1:Mn 1:Mc
5:Cn 1:Mn 1:Mc 2:Cn 1:Mc 2:Mn 2:Cn 7:Mc 2:Cn 6:Lo 2:Cn 1:Lo 2:Mn 2:Cn 2:Nd a:Cn 1:Lo 2:Cn d:Mn 2:Mc 2:Lo 9:Cn 1:Lo
3:Cn 1:Lo 15:Mn 2:Lo 1:Mc 3:Mn 4:Cn 1:Mc 3:Cn 1:Mc 3:Mn 1:Lo 1:So 1:Cn 4:Lo 3:Mc 1:No 7:Lo 3:Mn 2:Cn 2:Nd a:No 9:So
1:Lo 6:Cn 1:Mn 1:Mc 2:Cn 1:Lo i:Cn 3:Lo o:Cn 1:Lo 9:Cn 1:Lo 1:Cn 2:Lo 7:Cn 3:Mn 1:Cn 4:Mc 3:Mn 3:Cn 1:Mn 1:Cn 1:Mc
8:Cn 6:Nd a:Cn 2:Mc 2:Po 1:Cn c:Lo 1c:Mn 1:Lo 2:Mn 7:Cn 4:Sc 1:Lo 6:Lm 1:Mn 8:Po 1:Nd a:Po 2:Cn 11:Lo 2:Cn 1:Lo 1:Cn
1:Lo 5:Cn 1:Lo o:Cn 1:Lo 1:Cn 1:Lo a:Mn 1:Lo 2:Mn 9:Lo 1:Cn 2:Lo 5:Cn 1:Lm 1:Cn 1:Mn 6:Cn 2:Nd a:Cn 2:Lo 4:Cn w:Lo
1:So 3:Po f:So 1:Po 1:So 3:Mn 2:So 6:Nd a:No a:So 1:Mn 1:So 1:Mn 1:So 1:Mn 1:Ps 1:Pe 1:Ps 1:Pe 1:Mc 2:Lo 8:Cn 1:Lo
10:Cn 4:Mn e:Mc 1:Mn 5:Po 1:Mn 2:Lo 5:Mn b:Cn 1:Mn 10:Cn 1:So 8:Mn 1:So 6:Cn 1:So 2:Po 5:So 4:Po 2:Cn 11:Lo 17:Mc
2:Mn 4:Mc 1:Mn 6:Mc 1:Mn 2:Mc 2:Mn 2:Lo 1:Nd a:Po 6:Lo 6:Mc 2:Mn 2:Lo 4:Mn 3:Lo 1:Mc 3:Lo 2:Mc 7:Lo 3:Mn 4:Lo d:Mn
1:Mc 2:Mn 2:Mc 6:Mn 1:Lo 1:Mc 1:Nd a:Mc 3:Mn 1:So 2:Lu 12:Cn 1:Lu 1:Cn 5:Lu 1:Cn 2:Ll 17:Po 1:Lm 1:Ll 3:Lo 95:Cn
1:Lo 4:Cn 2:Lo 7:Cn 1:Lo 1:Cn 1:Lo 4:Cn 2:Lo 15:Cn 1:Lo 4:Cn 2:Lo x:Cn 1:Lo 4:Cn 2:Lo 7:Cn 1:Lo 1:Cn 1:Lo 4:Cn 2:Lo
f:Cn 1:Lo 1l:Cn 1:Lo 4:Cn 2:Lo 1v:Cn 2:Mn 3:Po 9:No k:Cn 3:Lo g:So a:Cn 6:Lu 2e:Cn 2:Ll 6:Cn 2:Pd 1:Lo h8:So 1:Po
1:Lo h:Zs 1:Lo q:Ps 1:Pe 1:Cn 3:Lo 23:Po 3:Nl 3:Lo 8:Cn 7:Lo i:Mn 3:Mc 1:Cn 9:Lo j:Mn 2:Mc 1:Po 2:Cn 9:Lo i:Mn 2:Cn
c:Lo d:Cn 1:Lo 3:Cn 1:Mn 2:Cn c:Lo 1g:Mn 2:Mc 1:Mn 7:Mc 8:Mn 1:Mc 2:Mn b:Po 3:Lm 1:Po 3:Sc 1:Lo 1:Mn 1:Cn 2:Nd a:Cn
6:No a:Cn 6:Po 6:Pd 1:Po 4:Mn 3:Cf 1:Mn 1:Nd a:Cn 6:Lo z:Lm 1:Lo 1h:Cn 7:Lo 5:Mn 2:Lo y:Mn 1:Lo 1:Cn 5:Lo 1y:Cn a:Lo
v:Cn 1:Mn 3:Mc 4:Mn 2:Mc 3:Cn 4:Mc 2:Mn 1:Mc 6:Mn 3:Cn 4:So 1:Cn 3:Po 2:Nd a:Lo u:Cn 2:Lo 5:Cn b:Lo 18:Cn 4:Lo q:Cn
6:Nd a:No 1:Cn 3:So y:Lo n:Mn 2:Mc 2:Mn 1:Cn 2:Po 2:Lo 1h:Mc 1:Mn 1:Mc 1:Mn 7:Cn 1:Mn 1:Mc 1:Mn 1:Mc 2:Mn 8:Mc 6:Mn
a:Cn 2:Mn 1:Nd a:Cn 6:Nd a:Cn 6:Po 7:Lm 1:Po 6:Cn 2:Mn e:Me 1:Mn g:Cn 1d:Mn 4:Mc 1:Lo 1b:Mn 1:Mc 1:Mn 5:Mc 1:Mn 1:Mc
5:Mn 1:Mc 2:Lo 8:Cn 3:Nd a:Po 7:So a:Mn 9:So 9:Po 2:Cn 1:Mn 2:Mc 1:Lo u:Mc 1:Mn 4:Mc 2:Mn 2:Mc 1:Mn 3:Lo 2:Nd a:Lo
18:Mn 1:Mc 1:Mn 2:Mc 3:Mn 1:Mc 1:Mn 3:Mc 2:Cn 8:Po 4:Lo 10:Mc 8:Mn 8:Mc 2:Mn 2:Cn 3:Po 5:Nd a:Cn 3:Lo 3:Nd a:Lo u:Lm
6:Po 2:Ll 9:Cn 7:Lu 17:Cn 2:Lu 3:Po 8:Cn 8:Mn 3:Po 1:Mn d:Mc 1:Mn 7:Lo 4:Mn 1:Lo 6:Mn 1:Lo 2:Mc 1:Mn 2:Lo 1:Cn 5:Ll
18:Lm 1r:Ll d:Lm 1:Ll y:Lm 11:Mn 1s:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll
1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu
1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll
1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu
1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll
1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu
1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 9:Lu 1:Ll 1:Lu 1:Ll
1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu
1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll
1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu
1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll
1:Lu 1:Ll 9:Lu 8:Ll 6:Cn 2:Lu 6:Cn 2:Ll 8:Lu 8:Ll 8:Lu 8:Ll 6:Cn 2:Lu 6:Cn 2:Ll 8:Cn 1:Lu 1:Cn 1:Lu 1:Cn 1:Lu 1:Cn
1:Lu 1:Ll 8:Lu 8:Ll e:Cn 2:Ll 8:Lt 8:Ll 8:Lt 8:Ll 8:Lt 8:Ll 5:Cn 1:Ll 2:Lu 4:Lt 1:Sk 1:Ll 1:Sk 3:Ll 3:Cn 1:Ll 2:Lu
4:Lt 1:Sk 3:Ll 4:Cn 2:Ll 2:Lu 4:Cn 1:Sk 3:Ll 8:Lu 5:Sk 3:Cn 2:Ll 3:Cn 1:Ll 2:Lu 4:Lt 1:Sk 2:Cn 1:Zs b:Cf 5:Pd 6:Po
2:Pi 1:Pf 1:Ps 1:Pi 2:Pf 1:Ps 1:Pi 1:Po 8:Zl 1:Zp 1:Cf 5:Zs 1:Po 9:Pi 1:Pf 1:Po 4:Pc 2:Po 3:Sm 1:Ps 1:Pe 1:Po b:Sm
1:Po 1:Pc 1:Po a:Zs 1:Cf 5:Cn 1:Cf a:No 1:Lm 1:Cn 2:No 6:Sm 3:Ps 1:Pe 1:Lm 1:No a:Sm 3:Ps 1:Pe 1:Cn 1:Lm d:Cn 3:Sc
x:Cn f:Mn d:Me 4:Mn 1:Me 3:Mn c:Cn f:So 2:Lu 1:So 4:Lu 1:So 2:Ll 1:Lu 3:Ll 2:Lu 3:Ll 1:So 1:Lu 1:So 2:Sm 1:Lu 5:So
6:Lu 1:So 1:Lu 1:So 1:Lu 1:So 1:Lu 4:So 1:Ll 1:Lu 4:Ll 1:Lo 4:Ll 1:So 2:Ll 2:Lu 2:Sm 5:Lu 1:Ll 4:So 1:Sm 1:So 2:Ll
1:So 1:No g:Nl z:Lu 1:Ll 1:Nl 4:No 1:So 2:Cn 4:Sm 5:So 5:Sm 2:So 4:Sm 1:So 2:Sm 1:So 2:Sm 1:So 7:Sm 1:So v:Sm 2:So
2:Sm 1:So 1:Sm 1:So v:Sm 7g:So 8:Ps 1:Pe 1:Ps 1:Pe 1:So k:Sm 2:So 7:Ps 1:Pe 1:So 29:Sm 1:So u:Sm p:So 14:Sm 6:So
1x:Cn p:So b:Cn l:No 1o:So 26:No m:So 53:Sm 1:So 9:Sm 1:So 1i:Sm 8:So 33:Sm 1:So 6w:Ps 1:Pe 1:Ps 1:Pe 1:Ps 1:Pe 1:Ps
1:Pe 1:Ps 1:Pe 1:Ps 1:Pe 1:Ps 1:Pe 1:No u:So 18:Sm 5:Ps 1:Pe 1:Sm v:Ps 1:Pe 1:Ps 1:Pe 1:Ps 1:Pe 1:Ps 1:Pe 1:Ps 1:Pe
1:Sm g:So 74:Sm 3n:Ps 1:Pe 1:Ps 1:Pe 1:Ps 1:Pe 1:Ps 1:Pe 1:Ps 1:Pe 1:Ps 1:Pe 1:Ps 1:Pe 1:Ps 1:Pe 1:Ps 1:Pe 1:Ps 1:Pe
1:Ps 1:Pe 1:Sm 1r:Ps 1:Pe 1:Ps 1:Pe 1:Sm w:Ps 1:Pe 1:Sm 76:So 1c:Sm l:So 2:Sm 6:So 13:Cn 2:So w:Cn 1:So 2x:Lu 1c:Ll
1c:Lu 1:Ll 1:Lu 3:Ll 2:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 4:Ll 1:Lu 1:Ll 2:Lu 1:Ll 6:Lm 2:Lu 3:Ll 1:Lu 1:Ll 1:Lu 1:Ll
1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu
1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll
1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu
1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll
1:Lu 1:Ll 2:So 6:Lu 1:Ll 1:Lu 1:Ll 1:Mn 3:Lu 1:Ll 1:Cn 5:Po 4:No 1:Po 2:Ll 12:Cn 1:Ll 1:Cn 5:Ll 1:Cn 2:Lo 1k:Cn 7:Lm
1:Po 1:Cn e:Mn 1:Lo n:Cn 9:Lo 7:Cn 1:Lo 7:Cn 1:Lo 7:Cn 1:Lo 7:Cn 1:Lo 7:Cn 1:Lo 7:Cn 1:Lo 7:Cn 1:Lo 7:Cn 1:Mn w:Po
2:Pi 1:Pf 1:Pi 1:Pf 1:Po 3:Pi 1:Pf 1:Po 1:Pi 1:Pf 1:Po 9:Pd 1:Po 2:Pd 1:Po 1:Pi 1:Pf 1:Po 2:Pi 1:Pf 1:Ps 1:Pe 1:Ps
1:Pe 1:Ps 1:Pe 1:Ps 1:Pe 1:Po 5:Lm 1:Po a:Pd 2:Po 4:Pd 1:Po 1:Ps 1:Po d:So 2:Po 3:Ps 1:Pe 1:Ps 1:Pe 1:Ps 1:Pe 1:Ps
1:Pe 1:Pd 1:Cn y:So q:Cn 1:So 2h:Cn c:So 5y:Cn q:So c:Cn 4:Zs 1:Po 3:So 1:Lm 1:Lo 1:Nl 1:Ps 1:Pe 1:Ps 1:Pe 1:Ps 1:Pe
1:Ps 1:Pe 1:Ps 1:Pe 1:So 2:Ps 1:Pe 1:Ps 1:Pe 1:Ps 1:Pe 1:Ps 1:Pe 1:Pd 1:Ps 1:Pe 2:So 1:Nl 9:Mn 4:Mc 2:Pd 1:Lm 5:So
2:Nl 3:Lm 1:Lo 1:Po 1:So 2:Cn 1:Lo 2e:Cn 2:Mn 2:Sk 2:Lm 2:Lo 1:Pd 1:Lo 2i:Po 1:Lm 3:Lo 1:Cn 5:Lo 17:Cn 1:Lo 2m:Cn
1:So 2:No 4:So a:Lo w:So 10:Cn c:Lo g:So v:Cn 1:No a:So u:No 8:So 1:No f:So w:No a:So 13:No f:So 8w:Lo 534:So 1s:Lo
g7p:Lm 1:Lo vr:Cn 3:So 1j:Cn 9:Lo 14:Lm 6:Po 2:Lo 7g:Lm 1:Po 3:Lo g:Nd a:Lo 2:Cn k:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu
1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll
1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lo 1:Mn 1:Me 3:Po 1:Mn a:Po 1:Lm
1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu
1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lm 2:Mn 2:Lo 1y:Nl a:Mn 2:Po 6:Cn 8:Sk n:Lm 9:Sk 2:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll
1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 3:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu
1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll
1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lm
1:Ll 8:Lu 1:Ll 1:Lu 1:Ll 1:Lu 2:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lm 1:Sk 2:Lu 1:Ll 1:Lu 1:Ll 1:Lo 1:Lu
1:Ll 1:Lu 1:Ll 3:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll
1:Lu 5:Ll 1:Lu 5:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Lu 4:Ll 1:Lu 1:Ll 1:Cn
5:Lu 1:Ll 1:Cn 1:Ll 1:Cn 1:Ll 1:Lu 1:Ll 1:Lu 1:Ll 1:Cn o:Lm 3:Lu 1:Ll 1:Lo 1:Lm 2:Ll 1:Lo 7:Mn 1:Lo 3:Mn 1:Lo 4:Mn
1:Lo n:Mc 2:Mn 2:Mc 1:So 4:Mn 1:Cn 3:No 6:So 2:Sc 1:So 1:Cn 6:Lo 1g:Po 4:Cn 8:Mc 2:Lo 1e:Mc g:Mn 2:Cn 8:Po 2:Nd a:Cn
6:Mn i:Lo 6:Po 3:Lo 1:Po 1:Lo 2:Mn 1:Nd a:Lo s:Mn 8:Po 2:Lo n:Mn b:Mc 2:Cn b:Po 1:Lo t:Cn 3:Mn 3:Mc 1:Lo 1b:Mn 1:Mc
2:Mn 4:Mc 2:Mn 2:Mc 3:Po d:Cn 1:Lm 1:Nd a:Cn 4:Po 2:Lo 5:Mn 1:Lm 1:Lo 9:Nd a:Lo 5:Cn 1:Lo 15:Mn 6:Mc 2:Mn 2:Mc 2:Mn
2:Cn 9:Lo 3:Mn 1:Lo 8:Mn 1:Mc 1:Cn 2:Nd a:Cn 2:Po 4:Lo g:Lm 1:Lo 6:So 3:Lo 1:Mc 1:Mn 1:Mc 1:Lo 1e:Mn 1:Lo 1:Mn 3:Lo
2:Mn 2:Lo 5:Mn 2:Lo 1:Mn 1:Lo 1:Cn o:Lo 2:Lm 1:Po 2:Lo b:Mc 1:Mn 2:Mc 2:Po 2:Lo 1:Lm 2:Mc 1:Mn 1:Cn a:Lo 6:Cn 2:Lo
6:Cn 2:Lo 6:Cn 9:Lo 7:Cn 1:Lo 7:Cn 1:Ll 17:Sk 1:Lm 4:Ll 9:Lm 1:Sk 2:Cn 4:Ll 28:Lo z:Mc 2:Mn 1:Mc 2:Mn 1:Mc 2:Po 1:Mc
1:Mn 1:Cn 2:Nd a:Cn 6:Lo 8mc:Cn c:Lo n:Cn 4:Lo 1d:Cn 4:Cs 1kw:Co 4xs:Lo a6:Cn 2:Lo 2y:Cn 12:Ll 7:Cn c:Ll 5:Cn 5:Lo
1:Mn 1:Lo a:Sm 1:Lo d:Cn 1:Lo 5:Cn 1:Lo 1:Cn 1:Lo 2:Cn 1:Lo 2:Cn 1:Lo 30:Sk h:Cn g:Lo a3:Pe 1:Ps 1:So g:Lo 1s:Cn
2:Lo 1i:Cn 7:So 1:Cn w:Lo c:Sc 1:So 3:Mn g:Po 7:Ps 1:Pe 1:Po 1:Cn 6:Mn g:Po 1:Pd 2:Pc 2:Ps 1:Pe 1:Ps 1:Pe 1:Ps 1:Pe
1:Ps 1:Pe 1:Ps 1:Pe 1:Ps 1:Pe 1:Ps 1:Pe 1:Ps 1:Pe 1:Po 2:Ps 1:Pe 1:Po 4:Pc 3:Po 3:Cn 1:Po 4:Pd 1:Ps 1:Pe 1:Ps 1:Pe
1:Ps 1:Pe 1:Po 3:Sm 1:Pd 1:Sm 3:Cn 1:Po 1:Sc 1:Po 2:Cn 4:Lo 5:Cn 1:Lo 3r:Cn 2:Cf 1:Cn 1:Po 3:Sc 1:Po 3:Ps 1:Pe 1:Po
1:Sm 1:Po 1:Pd 1:Po 2:Nd a:Po 2:Sm 3:Po 2:Lu q:Ps 1:Po 1:Pe 1:Sk 1:Pc 1:Sk 1:Ll q:Ps 1:Sm 1:Pe 1:Sm 1:Ps 1:Pe 1:Po
1:Ps 1:Pe 1:Po 2:Lo a:Lm 1:Lo 19:Lm 2:Lo v:Cn 3:Lo 6:Cn 2:Lo 6:Cn 2:Lo 6:Cn 2:Lo 3:Cn 3:Sc 2:Sm 1:Sk 1:So 1:Sc 2:Cn
1:So 1:Sm 4:So 2:Cn a:Cf 3:So 2:Cn 2:Lo c:Cn 1:Lo q:Cn 1:Lo j:Cn 1:Lo 2:Cn 1:Lo f:Cn 2:Lo e:Cn y:Lo 3f:Cn 5:Po 3:Cn
4:No 19:Cn 3:So 9:Nl 1h:No 4:So h:No 2:So 3:Cn 1:So d:Cn 3:So 1:Cn 1b:So 19:Mn 1:Cn 3m:Lo t:Cn 3:Lo 1d:Cn f:Mn 1:No
r:Cn 4:Lo w:No 4:Cn 9:Lo k:Nl 1:Lo 8:Nl 1:Cn 5:Lo 12:Mn 5:Cn 5:Lo u:Cn 1:Po 1:Lo 10:Cn 4:Lo 8:Po 1:Nl 5:Cn 16:Lu
14:Ll 14:Lo 26:Cn 2:Nd a:Cn 6:Lu 10:Cn 4:Ll 10:Cn 4:Lo 14:Cn 8:Lo 1g:Cn b:Po 1:Lu b:Cn 1:Lu f:Cn 1:Lu 7:Cn 1:Lu 2:Cn
1:Ll b:Cn 1:Ll f:Cn 1:Ll 7:Cn 1:Ll 2:Cn 1v:Lo 8n:Cn 9:Lo m:Cn a:Lo 8:Cn o:Lm 6:Cn 1:Lm 16:Cn 1:Lm 9:Cn 1x:Lo 6:Cn
2:Lo 1:Cn 1:Lo 18:Cn 1:Lo 2:Cn 3:Lo 1:Cn 2:Lo n:Cn 1:Po 1:No 8:Lo n:So 2:No 7:Lo v:Cn 8:No 9:Cn 1c:Lo j:Cn 1:Lo 2:Cn
5:No 5:Lo m:No 6:Cn 3:Po 1:Lo q:Cn 5:Po 1:Cn 1s:Lo 1k:Cn 4:No 2:Lo 2:No g:Cn 2:No 1a:Lo 1:Mn 3:Cn 1:Mn 2:Cn 5:Mn
4:Lo 4:Cn 1:Lo 3:Cn 1:Lo t:Cn 2:Mn 3:Cn 4:Mn 1:No 9:Cn 7:Po 9:Cn 7:Lo t:No 2:Po 1:Lo t:No 3:Cn w:Lo 8:So 1:Lo s:Mn
2:Cn 4:No 5:Po 7:Cn 9:Lo 1i:Cn 3:Po 7:Lo m:Cn 2:No 8:Lo j:Cn 5:No 8:Lo i:Cn 7:Po 4:Cn c:No 7:Cn 28:Lo 21:Cn 1j:Lu
1f:Cn d:Ll 1f:Cn 7:No 6:Lo 10:Mn 4:Cn 8:Nd a:Cn 86:No v:Cn 1:Lo 16:Cn 1:Mn 2:Pd 1:Cn 2:Lo 2:Cn 26:Lo t:No a:Lo 1:Cn
8:Lo m:Mn b:No 4:Po 5:Cn m:Lo i:Mn 4:Po 4:Cn 12:Lo l:No 7:Cn k:Lo n:Cn 9:Mc 1:Mn 1:Mc 1:Lo 1h:Mn f:Po 7:Cn 4:No k:Nd
a:Mn 1:Lo 2:Mn 2:Lo 1:Cn 9:Mn 3:Mc 1:Lo 19:Mc 3:Mn 4:Mc 2:Mn 2:Po 2:Cf 1:Po 4:Mn 1:Cn a:Cf 1:Cn 2:Lo p:Cn 7:Nd a:Cn
6:Mn 3:Lo 10:Mn 5:Mc 1:Mn 8:Cn 1:Nd a:Po 4:Lo 1:Mc 2:Lo 1:Cn 8:Lo z:Mn 1:Po 2:Lo 1:Cn 9:Mn 2:Mc 1:Lo 1c:Mc 3:Mn 9:Mc
2:Lo 4:Po 4:Mn 4:Po 1:Mc 1:Mn 1:Nd a:Lo 1:Po 1:Lo 1:Po 3:Cn 1:No k:Cn b:Lo i:Cn 1:Lo p:Mc 3:Mn 3:Mc 2:Mn 1:Mc 1:Mn
2:Po 6:Mn 1:Cn 1t:Lo 7:Cn 1:Lo 1:Cn 1:Lo 4:Cn 1:Lo f:Cn 1:Lo a:Po 1:Cn 6:Lo 1b:Mn 1:Mc 3:Mn 8:Cn 5:Nd a:Cn 6:Mn 2:Mc
2:Cn 1:Lo 8:Cn 2:Lo 2:Cn 2:Lo m:Cn 1:Lo 7:Cn 1:Lo 2:Cn 1:Lo 5:Cn 1:Mn 2:Lo 1:Mc 2:Mn 1:Mc 4:Cn 2:Mc 2:Cn 2:Mc 3:Cn
2:Lo 1:Cn 6:Mc 1:Cn 5:Lo 5:Mc 2:Cn 2:Mn 7:Cn 3:Mn 5:Cn 3v:Lo 1h:Mc 3:Mn 8:Mc 2:Mn 3:Mc 1:Mn 1:Lo 4:Po 5:Nd a:Po 2:Cn
1:Po 1:Mn 1:Lo 3:Cn u:Lo 1c:Mc 3:Mn 6:Mc 1:Mn 1:Mc 4:Mn 2:Mc 1:Mn 2:Lo 2:Po 1:Lo 1:Cn 8:Nd a:Cn 4m:Lo 1b:Mc 3:Mn
4:Cn 2:Mc 4:Mn 2:Mc 1:Mn 2:Po n:Lo 4:Mn 2:Cn y:Lo 1c:Mc 3:Mn 8:Mc 2:Mn 1:Mc 1:Mn 2:Po 3:Lo 1:Cn b:Nd a:Cn 6:Po d:Cn
j:Lo 17:Mn 1:Mc 1:Mn 1:Mc 2:Mn 6:Mc 1:Mn 1:Lo 1:Po 1:Cn 6:Nd a:Cn 1i:Lo r:Cn 2:Mn 3:Mc 2:Mn 4:Mc 1:Mn 5:Cn 4:Nd a:No
2:Po 3:So 1:Lo 7:Cn 55:Lo 18:Mc 3:Mn 9:Mc 1:Mn 2:Po 1:Cn 2s:Lu w:Ll w:Nd a:No 9:Cn c:Lo 8:Cn 2:Lo 1:Cn 2:Lo 8:Cn
1:Lo 2:Cn 1:Lo o:Mc 6:Cn 1:Mc 2:Cn 2:Mn 2:Mc 1:Mn 1:Lo 1:Mc 1:Lo 1:Mc 1:Mn 1:Po 3:Cn 9:Nd a:Cn 1y:Lo 8:Cn 2:Lo 13:Mc
3:Mn 4:Cn 2:Mn 2:Mc 4:Mn 1:Lo 1:Po 1:Lo 1:Mc 1:Cn r:Lo 1:Mn a:Lo 14:Mn 6:Mc 1:Lo 1:Mn 4:Po 8:Mn 1:Cn 8:Lo 1:Mn 6:Mc
2:Mn 3:Lo 1a:Mn d:Mc 1:Mn 2:Po 3:Lo 1:Po 5:Cn d:Lo 21:Cn 7b:Lo 9:Cn 1:Lo 11:Mc 1:Mn 7:Cn 1:Mn 6:Mc 1:Mn 1:Lo 1:Po
5:Cn a:Nd a:No j:Cn 3:Po 2:Lo u:Cn 2:Mn m:Cn 1:Mc 1:Mn 7:Mc 1:Mn 2:Mc 1:Mn 2:Cn 21:Lo 7:Cn 1:Lo 2:Cn 1:Lo 12:Mn 6:Cn
3:Mn 1:Cn 1:Mn 2:Cn 1:Mn 7:Lo 1:Mn 1:Cn 8:Nd a:Cn 6:Lo 6:Cn 1:Lo 2:Cn 1:Lo w:Mc 5:Cn 1:Mn 2:Cn 1:Mc 2:Mn 1:Mc 1:Mn
1:Lo 1:Cn 7:Nd a:Cn 8m:Lo j:Mn 2:Mc 2:Po 2:Cn 53:Lo 1:Cn f:No l:So 8:Sc 4:So h:Cn d:Po 1:Lo pm:Cn 2u:Nl 33:Cn 1:Po
5:Cn b:Lo 5g:Cn 218:Lo 2p:Po 2:Cn d:Lo tr:Cn 1:Cf 9:Cn 347:Lo g7:Cn 6nt:Lo ft:Cn 7:Lo v:Cn 1:Nd a:Cn 4:Po 2:Lo 27:Cn
1:Nd a:Cn 6:Lo u:Cn 2:Mn 5:Po 1:Cn a:Lo 1c:Mn 7:Po 5:So 4:Lm 4:Po 1:So 1:Cn a:Nd a:Cn 1:No 7:Cn 1:Lo l:Cn 5:Lo j:Cn
j4:Lu w:Ll w:No n:Po 4:Cn 2t:Lo 23:Cn 4:Mn 1:Lo 1:Mc 1j:Cn 7:Mn 4:Lm d:Cn 1s:Lm 2:Po 1:Lm 1:Mn 1:Cn b:Mc 2:Cn e:Lo
4qg:Cn 8:Lo ye:Cn 16:Lo 9:Cn 6w7:Lm 4:Cn 1:Lm 7:Cn 1:Lm 2:Cn 1:Lo 83:Cn 19:Lo 3:Cn h:Lo 4:Cn 8:Lo b0:Cn 1s4:Lo 2z:Cn
5:Lo d:Cn 3:Lo 9:Cn 7:Lo a:Cn 2:So 1:Mn 2:Po 1:Cf 4:Cn 3mk:Mn 1a:Cn 2:Mn n:Cn 9:So 38:Cn 1o:So 6u:Cn a:So 13:Cn 2:So
1o:Mc 2:Mn 3:So 3:Mc 6:Cf 8:Mn 8:So 2:Mn 7:So u:Mn 4:So 1p:Cn l:So 1u:Mn 3:So 1:Cn 4a:No k:Cn c:So 2f:Cn 9:No p:Cn
3r:Lu q:Ll q:Lu q:Ll 7:Cn 1:Ll i:Lu q:Ll q:Lu 1:Cn 1:Lu 2:Cn 2:Lu 1:Cn 2:Lu 2:Cn 2:Lu 4:Cn 1:Lu 8:Ll 4:Cn 1:Ll 1:Cn
1:Ll 7:Cn 1:Ll b:Lu q:Ll q:Lu 2:Cn 1:Lu 4:Cn 2:Lu 8:Cn 1:Lu 7:Cn 1:Ll q:Lu 2:Cn 1:Lu 4:Cn 1:Lu 5:Cn 1:Lu 1:Cn 3:Lu
7:Cn 1:Ll q:Lu q:Ll q:Lu q:Ll q:Lu q:Ll q:Lu q:Ll q:Lu q:Ll q:Lu q:Ll s:Cn 2:Lu p:Sm 1:Ll p:Sm 1:Ll 6:Lu p:Sm 1:Ll
p:Sm 1:Ll 6:Lu p:Sm 1:Ll p:Sm 1:Ll 6:Lu p:Sm 1:Ll p:Sm 1:Ll 6:Lu p:Sm 1:Ll p:Sm 1:Ll 6:Lu 1:Ll 1:Cn 2:Nd 1e:So e8:Mn
1j:So 4:Mn 1e:So 8:Mn 1:So e:Mn 1:So 2:Po 5:Cn f:Mn 5:Cn 1:Mn f:Cn uo:Ll a:Lo 1:Ll k:Cn 69:Mn 7:Cn 1:Mn h:Cn 2:Mn
7:Cn 1:Mn 2:Cn 1:Mn 5:Cn 5x:Lo 19:Cn 3:Mn 7:Lm 7:Cn 2:Nd a:Cn 4:Lo 1:So 1:Cn 8w:Lo u:Mn 1:Cn h:Lo 18:Mn 4:Nd a:Cn
5:Sc 1:Cn yo:Lo 7:Cn 1:Lo 4:Cn 1:Lo 2:Cn 1:Lo f:Cn 1:Lo 5h:Cn 2:No 9:Mn 7:Cn 15:Lu y:Ll y:Mn 7:Lm 1:Cn 4:Nd a:Cn
4:Po 2:Cn lt:No 1n:So 1:No 3:Sc 1:No 4:Cn 24:No 19:So 1:No f:Cn 5e:Lo 4:Cn 1:Lo r:Cn 1:Lo 2:Cn 1:Lo 1:Cn 2:Lo 1:Cn
1:Lo a:Cn 1:Lo 4:Cn 1:Lo 1:Cn 1:Lo 1:Cn 6:Lo 1:Cn 4:Lo 1:Cn 1:Lo 1:Cn 1:Lo 1:Cn 1:Lo 3:Cn 1:Lo 2:Cn 1:Lo 1:Cn 2:Lo
1:Cn 1:Lo 1:Cn 1:Lo 1:Cn 1:Lo 1:Cn 1:Lo 1:Cn 1:Lo 2:Cn 1:Lo 1:Cn 2:Lo 4:Cn 1:Lo 7:Cn 1:Lo 4:Cn 1:Lo 4:Cn 1:Lo 1:Cn
1:Lo a:Cn 1:Lo h:Cn 5:Lo 3:Cn 1:Lo 5:Cn 1:Lo h:Cn 1g:Sm 2:Cn 7i:So 18:Cn 4:So 2s:Cn c:So f:Cn 2:So f:Cn 1:So f:Cn
1:So 11:Cn a:No d:So 4h:Cn 1k:So t:Cn d:So 18:Cn 4:So 9:Cn 7:So 2:Cn e:So 6:Cn 4a:So 6z:Sk 5:So k8:Cn 5:So g:Cn 3:So
d:Cn 3:So 38:Cn c:So 2h:Cn 7:So c:Cn 4:So 1:Cn f:So c:Cn 4:So 1k:Cn 8:So a:Cn 6:So 14:Cn 8:So u:Cn 2:So 2:Cn 26:So
9g:Cn c:So e:Cn 2:So 5:Cn 3:So 5:Cn 3:So 7:Cn 9:So t:Cn 3:So b:Cn 5:So 6:Cn a:So a:Cn 6:So 8:Cn 8:So 7:Cn 9:So 43:Cn
1:So 1j:Cn 11:Nd a:Cn sm:Lo wyo:Cn w:Lo 37d:Cn 7:Lo 66:Cn 2:Lo 4g2:Cn e:Lo 5rl:Cn 2e7:Lo f2:Cn 15u:Lo 3t7:Cn fcfq:Cf
1:Cn u:Cf 2o:Cn 3k:Mn 6o:Cn 1e6o:Co 1eke:Cn 2:Co 1eke:Cn"""

BIDIRECTIONAL = """\
0:BN 9:S 1:B 1:S 1:WS 1:B 1:BN e:B 3:S 1:WS 1:ON 2:ET 3:ON 5:ES 1:CS 1:ES 1:CS 2:EN a:CS 1:ON 6:L q:ON 6:L q:ON 4:BN
6:B 1:BN q:CS 1:ON 1:ET 4:ON 4:L 1:ON 2:BN 1:ON 2:ET 2:EN 2:ON 1:L 1:ON 3:EN 1:L 1:ON 5:L n:ON 1:L v:ON 1:L ch:ON
2:L 7:ON e:L 2:ON e:L 5:ON 9:L 1:ON h:NSM 34:L 4:ON 2:L 2:- 2:L 4:ON 1:L 1:- 4:ON 2:L 1:ON 1:L 3:- 1:L 1:- 1:L k:-
1:L 2b:ON 1:L 3w:NSM 7:L 4m:- 1:L 12:- 2:L 1d:ON 1:- 2:ON 2:ET 1:- 1:NSM 19:R 1:NSM 1:R 1:NSM 2:R 1:NSM 2:R 1:NSM
1:- 8:R r:- 4:R 6:- b:AN 6:ON 2:AL 1:ET 2:AL 1:CS 1:AL 1:ON 2:NSM b:AL 1c:NSM l:AN a:ET 1:AN 2:AL 3:NSM 1:AL 2t:NSM
7:AN 1:ON 1:NSM 6:AL 2:NSM 2:ON 1:NSM 4:AL 2:EN a:AL k:- 1:AL 2:NSM 1:AL u:NSM r:- 2:AL 2h:NSM b:AL 1:- e:R 17:NSM
9:R 2:ON 4:R 1:- 2:NSM 1:R o:NSM 4:R 1:NSM 9:R 1:NSM 3:R 1:NSM 5:- 2:R f:- 1:R p:NSM 3:- 2:R 1:- 1:AL b:- 5:AL v:-
1:AN 2:- 6:NSM 8:AL 16:NSM o:AN 1:NSM w:L 1j:NSM 1:L 1:NSM 1:L 4:NSM 8:L 4:NSM 1:L 3:NSM 7:L a:NSM 2:L t:NSM 1:L 2:-
1:L 8:- 2:L 2:- 2:L m:- 1:L 7:- 1:L 1:- 3:L 4:- 2:NSM 1:L 4:NSM 4:- 2:L 2:- 2:L 2:NSM 1:L 1:- 8:L 1:- 4:L 2:- 1:L
3:NSM 2:- 2:L c:ET 2:L 7:ET 1:L 2:NSM 1:- 2:NSM 2:L 1:- 1:L 6:- 4:L 2:- 2:L m:- 1:L 7:- 1:L 2:- 1:L 2:- 1:L 2:-
2:NSM 1:- 1:L 3:NSM 2:- 4:NSM 2:- 2:NSM 3:- 3:NSM 1:- 7:L 4:- 1:L 1:- 7:L a:NSM 2:L 3:NSM 1:L 1:- a:NSM 2:L 1:- 1:L
9:- 1:L 3:- 1:L m:- 1:L 7:- 1:L 2:- 1:L 5:- 2:NSM 1:L 4:NSM 5:- 1:NSM 2:L 1:- 1:L 2:NSM 1:- 2:L 1:- f:L 2:NSM 2:-
2:L b:ET 1:- 7:L 1:NSM 6:- 1:NSM 1:L 2:- 1:L 8:- 2:L 2:- 2:L m:- 1:L 7:- 1:L 2:- 1:L 5:- 2:NSM 1:L 2:NSM 1:L 1:NSM
4:- 2:L 2:- 2:L 2:NSM 1:- 7:NSM 2:L 1:- 4:L 2:- 1:L 3:NSM 2:- 2:L i:- a:NSM 1:L 1:- 1:L 6:- 3:L 3:- 1:L 4:- 3:L 2:-
1:L 1:- 1:L 2:- 3:L 2:- 3:L 3:- 3:L c:- 4:L 2:NSM 1:L 2:- 3:L 3:- 1:L 3:NSM 1:- 2:L 1:- 6:L 1:- e:L d:ON 6:ET 1:ON
1:- 5:NSM 1:L 3:NSM 1:L 8:- 1:L 3:- 1:L n:- 1:L g:- 2:NSM 1:L 1:NSM 3:L 4:- 1:NSM 3:- 1:NSM 4:- 7:NSM 2:- 1:L 3:-
2:L 1:- 2:L 2:NSM 2:- 2:L a:- 7:L 1:ON 7:L 2:NSM 1:L b:- 1:L 3:- 1:L n:- 1:L a:- 1:L 5:- 2:NSM 1:L 8:- 1:L 3:- 1:L
2:NSM 2:- 7:L 2:- 6:L 2:- 1:L 2:NSM 2:- 2:L a:- 1:L 2:- d:NSM 2:L b:- 1:L 3:- 1:L 15:NSM 2:L 4:NSM 4:- 1:L 3:- 1:L
3:NSM 1:L 2:- 4:L e:NSM 2:- 2:L q:- 1:NSM 1:L 2:- 1:L i:- 3:L o:- 1:L 9:- 1:L 1:- 2:L 7:- 3:NSM 1:- 4:L 3:NSM 3:-
1:NSM 1:- 1:L 8:- 6:L a:- 2:L 3:- c:L 1c:NSM 1:L 2:NSM 7:- 4:ET 1:L 7:NSM 8:L d:- 11:L 2:- 1:L 1:- 1:L 5:- 1:L o:-
1:L 1:- 1:L a:NSM 1:L 2:NSM 9:L 1:- 2:L 5:- 1:L 1:- 1:NSM 6:- 2:L a:- 2:L 4:- w:L o:NSM 2:L r:NSM 1:L 1:NSM 1:L
1:NSM 1:ON 4:L a:- 1:L 10:- 4:NSM e:L 1:NSM 5:L 1:NSM 2:L 5:NSM b:- 1:NSM 10:- 1:L 8:NSM 1:L 6:- 1:L d:- 11:L 19:NSM
4:L 1:NSM 6:L 1:NSM 2:L 2:NSM 2:L p:NSM 2:L 4:NSM 3:L g:NSM 4:L d:NSM 1:L 2:NSM 2:L 6:NSM 1:L f:NSM 1:L 14:- 1:L 1:-
5:L 1:- 2:L ah:- 1:L 4:- 2:L 7:- 1:L 1:- 1:L 4:- 2:L 15:- 1:L 4:- 2:L x:- 1:L 4:- 2:L 7:- 1:L 1:- 1:L 4:- 2:L f:-
1:L 1l:- 1:L 4:- 2:L 1v:- 2:NSM 3:L t:- 3:L g:ON a:- 6:L 2e:- 2:L 6:- 2:ON 1:L hr:WS 1:L q:ON 2:- 3:L 2h:- 7:L i:NSM
3:L 1:- 9:L j:NSM 2:L 3:- 9:L i:NSM 2:- c:L d:- 1:L 3:- 1:NSM 2:- c:L 1g:NSM 2:L 1:NSM 7:L 8:NSM 1:L 2:NSM b:L 7:ET
1:L 1:NSM 1:- 2:L a:- 6:ON a:- 6:ON b:NSM 3:BN 1:NSM 1:L a:- 6:L 2h:- 7:L 5:NSM 2:L y:NSM 1:L 1:- 5:L 1y:- a:L v:-
1:NSM 3:L 4:NSM 2:L 3:- 4:L 2:NSM 1:L 6:NSM 3:- 4:ON 1:- 3:ON 2:L 14:- 2:L 5:- b:L 18:- 4:L q:- 6:L b:- 3:ON y:L
n:NSM 2:L 2:NSM 1:- 2:L 1k:NSM 1:L 1:NSM 7:- 1:NSM 1:L 1:NSM 1:L 2:NSM 8:L 6:NSM a:- 2:NSM 1:L a:- 6:L a:- 6:L e:-
2:NSM v:- 1d:NSM 4:L 1c:NSM 1:L 1:NSM 5:L 1:NSM 1:L 5:NSM 1:L a:- 3:L r:NSM 9:L b:- 1:NSM 2:L w:NSM 4:L 2:NSM 2:L
1:NSM 3:L 1k:NSM 1:L 1:NSM 2:L 3:NSM 1:L 1:NSM 3:L 2:- 8:L 1c:NSM 8:L 2:NSM 2:- 3:L f:- 3:L 1o:- 7:L 17:- 2:L b:-
8:NSM 3:L 1:NSM d:L 1:NSM 7:L 4:NSM 1:L 6:NSM 1:L 3:NSM 2:L 1:- 5:L 5c:NSM 1s:L 7q:- 2:L 6:- 2:L 12:- 2:L 6:- 2:L
8:- 1:L 1:- 1:L 1:- 1:L 1:- 1:L v:- 2:L 1h:- 1:L 7:ON 1:L 1:ON 3:L 3:- 1:L 7:ON 3:L 4:- 2:L 6:- 1:ON 3:L d:ON 3:-
2:L 3:- 1:L 7:ON 2:- 1:WS b:BN 3:L 1:R 1:ON o:WS 1:B 1:LRE 1:RLE 1:PDF 1:LRO 1:RLO 1:CS 1:ET 5:ON f:CS 1:ON q:WS
1:BN 5:- 1:LRI 1:RLI 1:FSI 1:PDI 1:BN 6:EN 1:L 1:- 2:EN 6:ES 2:ON 3:L 1:EN a:ES 2:ON 3:- 1:L d:- 3:ET x:- f:NSM x:-
f:ON 2:L 1:ON 4:L 1:ON 2:L a:ON 1:L 1:ON 3:L 5:ON 6:L 1:ON 1:L 1:ON 1:L 1:ON 1:L 4:ET 1:L b:ON 2:L 4:ON 5:L 5:ON 4:L
2:ON g:L 15:ON 3:- 4:ON 3m:ES 1:ET 1:ON 82:L 1x:ON q:L 1:ON 41:- p:ON b:- l:ON 14:EN k:L 26:ON ci:L 1:ON 9f:L 74:ON
hg:- 2:ON w:- 1:ON 2x:L 6d:ON 6:L 4:NSM 3:L 2:- 5:ON 7:L 12:- 1:L 1:- 5:L 1:- 2:L 1k:- 7:L 2:- e:NSM 1:L n:- 9:L 7:-
1:L 7:- 1:L 7:- 1:L 7:- 1:L 7:- 1:L 7:- 1:L 7:- 1:L 7:- 1:NSM w:ON 2m:- y:ON q:- 1:ON 2h:- c:ON 5y:- q:ON c:- 4:WS
1:ON 4:L 3:ON p:L 9:NSM 4:L 2:ON 1:L 5:ON 2:L 5:ON 3:- 1:L 2e:- 2:NSM 2:ON 2:L 3:ON 1:L 2i:ON 1:L 4:- 5:L 17:- 1:L
2m:- 1:L 1c:ON 10:- c:L 19:ON 2:- 1:L 1c:ON g:L s:ON 3:L 1e:ON f:L c:ON 4:L 4n:ON 4:L 2r:ON 2:L v:ON 1:L 534:ON 1s:L
h3h:- 3:ON 1j:- 9:L 8t:ON 3:L s:- k:L 1b:NSM 4:ON 1:NSM a:ON 2:L u:NSM 2:L 28:NSM 2:L 6:- 8:ON y:L 2u:ON 1:L 1u:-
5:L 2:- 1:L 1:- 1:L 5:- o:L g:NSM 1:L 3:NSM 1:L 4:NSM 1:L p:NSM 2:L 1:ON 4:NSM 1:- 3:L 8:ET 2:- 6:L 1g:ON 4:- 8:L
1w:NSM 2:- 8:L c:- 6:NSM i:L d:NSM 1:L 12:NSM 8:L p:NSM b:L 2:- b:L u:- 3:NSM 3:L 1c:NSM 1:L 2:NSM 4:L 2:NSM 2:L g:-
1:L b:- 4:L 7:NSM 1:L p:- 1:L 15:NSM 6:L 2:NSM 2:L 2:NSM 2:- 9:L 3:NSM 1:L 8:NSM 1:L 1:- 2:L a:- 2:L w:NSM 1:L
1f:NSM 1:L 1:NSM 3:L 2:NSM 2:L 5:NSM 2:L 1:NSM 1:L 1:- o:L h:NSM 2:L 8:NSM 1:- a:L 6:- 2:L 6:- 2:L 6:- 9:L 7:- 1:L
7:- 1:L 1m:ON 2:- 4:L 39:NSM 1:L 2:NSM 1:L 4:NSM 1:- 2:L a:- 6:L 8mc:- c:L n:- 4:L 1d:- 4:L 6su:- 2:L 2y:- 12:L 7:-
c:L 5:- 5:R 1:NSM 1:R a:ES 1:R d:- 1:R 5:- 1:R 1:- 1:R 2:- 1:R 2:- 1:R a:AL 37:- g:AL a3:ON i:AL 1s:- 2:AL 1i:- 7:ON
1:- w:AL d:ON 3:NSM g:ON a:- 6:NSM g:ON w:CS 1:ON 1:CS 1:- 1:ON 1:CS 1:ON 9:ET 1:ON 2:ES 2:ON 3:- 1:ON 1:ET 2:ON 1:-
4:AL 5:- 1:AL 3r:- 2:BN 1:- 1:ON 2:ET 3:ON 5:ES 1:CS 1:ES 1:CS 2:EN a:CS 1:ON 6:L q:ON 6:L q:ON b:L 2h:- 3:L 6:- 2:L
6:- 2:L 6:- 2:L 3:- 3:ET 2:ON 3:ET 2:- 1:ON 7:- a:ON 5:- 2:L c:- 1:L q:- 1:L j:- 1:L 2:- 1:L f:- 2:L e:- y:L 3f:-
5:L 1:ON 1:L 1:- 4:L 19:- 3:L 9:ON 25:L 2:- 1:ON d:- 3:ON 1:- 1b:L 19:NSM 1:- 3m:L t:- 3:L 1d:- f:NSM 1:EN r:- 4:L
10:- 9:L u:- 5:L 12:NSM 5:- 5:L u:- 1:L 11:- 4:L e:- 16:L 4e:- 2:L a:- 6:L 10:- 4:L 10:- 4:L 14:- 8:L 1g:- b:L c:-
1:L f:- 1:L 7:- 1:L 2:- 1:L b:- 1:L f:- 1:L 7:- 1:L 2:- 1v:L 8n:- 9:L m:- a:L 8:- o:L 6:- 1:L 16:- 1:L 9:- 1x:R 6:-
2:R 1:- 1:R 18:- 1:R 2:- 3:R 1:- 2:R n:- 1:R 20:- 8:R 9:- 1c:R j:- 1:R 2:- 5:R x:- 3:ON 1:R q:- 5:R 1:- 1s:R 1k:-
4:R k:- 2:R 1b:NSM 3:- 1:NSM 2:- 5:NSM 4:R 4:- 1:R 3:- 1:R t:- 2:NSM 3:- 4:NSM 1:R 9:- 7:R 9:- 7:R 1s:- w:R 11:NSM
2:- 4:R c:- 9:R 1i:- 3:ON 7:R m:- 2:R r:- 5:R q:- 7:R 4:- c:R 7:- 28:R 21:- 1j:R 1f:- d:R 1f:- 7:R 6:AL 10:NSM 4:-
8:AN a:- 86:AN v:- 1:R 16:- 1:NSM 2:R 1:- 2:R 2:- 26:R 14:- 8:AL m:NSM b:AL 9:- m:R i:NSM 4:R 4:- 12:R s:- k:R n:-
9:L 1:NSM 1:L 1i:NSM f:L 7:- 4:ON k:L a:NSM 1:L 2:NSM 2:L 1:- 9:NSM 3:L 1d:NSM 4:L 2:NSM 2:L 7:NSM 1:- a:L 1:- 2:L
p:- 7:L a:- 6:NSM 3:L 10:NSM 5:L 1:NSM 8:- 1:L i:- 8:L z:NSM 1:L 3:- 9:NSM 2:L 1g:NSM 9:L a:NSM 4:L 2:NSM 1:L g:-
1:L k:- b:L i:- 1:L s:NSM 3:L 2:NSM 1:L 1:NSM 2:L 6:NSM 1:- 1t:L 7:- 1:L 1:- 1:L 4:- 1:L f:- 1:L b:- 6:L 1b:NSM 1:L
3:NSM 8:- 5:L a:- 6:NSM 2:L 2:- 1:L 8:- 2:L 2:- 2:L m:- 1:L 7:- 1:L 2:- 1:L 5:- 1:NSM 2:L 3:NSM 1:L 4:- 2:L 2:- 2:L
3:- 2:L 1:- 6:L 1:- 5:L 7:- 2:NSM 7:- 3:NSM 5:- 3v:L 1k:NSM 8:L 2:NSM 3:L 1:NSM 1:L l:- 1:L 1:NSM 1:L 3:- u:L 1f:NSM
6:L 1:NSM 1:L 4:NSM 2:L 1:NSM 2:L 4:- 8:L a:- 4m:L 1e:NSM 4:- 2:L 4:NSM 2:L 1:NSM 2:L r:NSM 2:- y:L 1f:NSM 8:L 2:NSM
1:L 1:NSM 2:L 4:- b:L a:- 6:ON d:- j:L 17:NSM 1:L 1:NSM 1:L 2:NSM 6:L 1:NSM 1:L 2:- 6:L a:- 1i:L r:- 2:NSM 3:L 2:NSM
4:L 1:NSM 5:- 4:L n:- 55:L 1b:NSM 9:L 1:NSM 2:L 1:- 2s:L 2b:- c:L 8:- 2:L 1:- 2:L 8:- 1:L 2:- 1:L u:- 1:L 2:- 2:NSM
2:L 1:NSM 1:L 4:NSM 1:L 3:- 9:L a:- 1y:L 8:- 2:L 16:NSM 4:- 2:NSM 2:L 4:NSM 1:L 4:- r:L 1:NSM 6:L 2:NSM 2:L 14:NSM
6:L 2:NSM 4:L 8:NSM 1:- 8:L 1:NSM 6:L 2:NSM 3:L 1a:NSM d:L 1:NSM 2:L 9:- d:L 21:- 7b:L 9:- 1:L 12:NSM 7:- 1:NSM 6:L
8:- a:L t:- 3:L w:- 2:NSM m:- 1:L 1:NSM 7:L 1:NSM 2:L 1:NSM 2:- 21:L 7:- 1:L 2:- 1:L 12:NSM 6:- 3:NSM 1:- 1:NSM 2:-
1:NSM 7:L 1:NSM 1:- 8:L a:- 6:L 6:- 1:L 2:- 1:L 11:- 1:NSM 2:- 1:L 2:NSM 1:L 1:NSM 1:L 1:- 7:L a:- 8m:L j:NSM 2:L
4:- 53:L 1:- f:L l:ON 8:ET 4:ON h:- d:L pn:- 2u:L 33:- 1:L 5:- b:L 5g:- 218:L 2r:- d:L tr:- 1:L 9:- 347:L g7:- 6nt:L
ft:- 7:L v:- 1:L a:- 4:L 29:- 1:L a:- 6:L u:- 2:NSM 5:L 1:- a:L 1c:NSM 7:L f:- a:L a:- 1:L 7:- 1:L l:- 5:L j:- j4:L
2j:- 2t:L 23:- 4:NSM 1:L 1k:- 7:NSM 4:L d:- 1s:L 2:ON 1:L 1:NSM 1:- b:L 2:- e:L 4qg:- 8:L ye:- 16:L 9:- 6w7:L 4:-
1:L 7:- 1:L 2:- 1:L 83:- 19:L 3:- h:L 4:- 8:L b0:- 1s4:L 2z:- 5:L d:- 3:L 9:- 7:L a:- 2:L 1:NSM 2:L 1:BN 4:- 3mk:NSM
1a:- 2:NSM n:- 9:L 38:- 1o:L 6u:- a:L 13:- 2:L 1q:NSM 3:L 9:BN 8:NSM 8:L 2:NSM 7:L u:NSM 4:L 1n:ON 2:- l:ON 1u:NSM
3:ON 1:- 4a:L k:- c:ON 2f:- 9:L p:- 3r:L 2d:- 1:L 1z:- 1:L 2:- 2:L 1:- 2:L 2:- 2:L 4:- 1:L c:- 1:L 1:- 1:L 7:- 1:L
1t:- 1:L 4:- 2:L 8:- 1:L 7:- 1:L s:- 1:L 4:- 1:L 5:- 1:L 1:- 3:L 7:- 1:L 9g:- 2:L 1f:ON 1:L 1l:ON 1:L 1l:ON 1:L
1l:ON 1:L 1l:ON 1:L 8:- 2:EN 1e:L e8:NSM 1j:L 4:NSM 1e:L 8:NSM 1:L e:NSM 1:L 7:- f:NSM 5:- 1:NSM f:- uo:L v:- 69:NSM
7:- 1:NSM h:- 2:NSM 7:- 1:NSM 2:- 1:NSM 5:- 5x:L 19:- 3:NSM 7:L 7:- 2:L a:- 4:L 2:- 8w:L u:NSM 1:- h:L 18:NSM 4:L
a:- 5:ET 1:- yo:L 7:- 1:L 4:- 1:L 2:- 1:L f:- 1:R 5h:- 2:R 9:NSM 7:- 15:R 1w:NSM 7:R 1:- 4:R a:- 4:R 2:- lt:AL 1w:-
24:AL 1p:- 5e:AL 4:- 1:AL r:- 1:AL 2:- 1:AL 1:- 2:AL 1:- 1:AL a:- 1:AL 4:- 1:AL 1:- 1:AL 1:- 6:AL 1:- 4:AL 1:- 1:AL
1:- 1:AL 1:- 1:AL 3:- 1:AL 2:- 1:AL 1:- 2:AL 1:- 1:AL 1:- 1:AL 1:- 1:AL 1:- 1:AL 1:- 1:AL 2:- 1:AL 1:- 2:AL 4:- 1:AL
7:- 1:AL 4:- 1:AL 4:- 1:AL 1:- 1:AL a:- 1:AL h:- 5:AL 3:- 1:AL 5:- 1:AL h:- 1g:ON 2:- 7i:ON 18:- 4:ON 2s:- c:ON f:-
2:ON f:- 1:ON f:- 1:ON 11:- a:EN b:ON 5:L v:ON 1:L 1m:ON 6:L 1p:ON 1:- 1k:L t:- d:L 18:- 4:L 9:- 7:L 2:- e:ON 6:-
4a:ON rc:- 5:ON g:- 3:ON d:- 3:ON 38:- c:ON 2h:- 7:ON c:- 4:ON 1:- f:ON c:- 4:ON 1k:- 8:ON a:- 6:ON 14:- 8:ON u:-
2:ON 2:- 26:ON 9g:- c:ON e:- 2:ON 5:- 3:ON 5:- 3:ON 7:- 9:ON t:- 3:ON b:- 5:ON 6:- a:ON a:- 6:ON 8:- 8:ON 7:- 9:ON
43:- 1:ON 1j:- 11:EN a:- sm:L wyo:- w:L 37d:- 7:L 66:- 2:L 4g2:- e:L 5rl:- 2e7:L f2:- 15u:L 3t7:- fcfq:BN 1:- u:BN
2o:- 3k:NSM 6o:- 1e6o:L 1eke:- 2:L 1eke:-"""

COMBINING = """\
lc:230 l:232 1:220 4:232 1:216 1:220 5:202 2:220 4:202 2:220 b:1 5:220 4:230 8:240 1:230 1:220 3:230 3:220 2:0 1:230
3:220 4:230 1:232 1:220 2:230 1:233 1:234 2:233 1:234 2:233 1:230 d:0 7n:230 5:0 7d:220 1:230 4:220 1:230 3:222
1:220 1:230 6:220 6:230 2:220 1:230 2:222 1:228 1:230 1:10 1:11 1:12 1:13 1:14 1:15 1:16 1:17 1:18 1:19 2:20 1:21
1:22 1:0 1:23 1:0 1:24 1:25 1:0 1:230 1:220 1:0 1:18 1:0 20:230 8:30 1:31 1:32 1:0 1c:27 1:28 1:29 1:30 1:31 1:32
1:33 1:34 1:230 2:220 2:230 5:220 1:230 2:220 1:0 g:35 1:0 2t:230 7:0 2:230 4:220 1:230 1:0 2:230 2:0 1:220 1:230
2:220 1:0 z:36 1:0 u:230 1:220 1:230 2:220 1:230 2:220 3:230 1:220 2:230 1:220 1:230 3:220 1:230 1:220 1:230 1:220
1:230 1:220 1:230 2:0 4g:230 7:220 1:230 1:0 9:220 1:0 o:230 4:0 1:230 9:0 1:230 3:0 1:230 5:0 17:220 3:0 1o:230
1:220 3:230 4:0 16:230 5:220 5:230 e:0 1:220 1:230 2:220 1:230 2:220 1:230 3:220 3:27 1:28 1:29 1:230 3:220 1:230
2:220 2:230 5:0 1o:7 1:0 g:9 1:0 3:230 1:220 1:230 2:0 2v:7 1:0 g:9 1:0 1c:230 1:0 1p:7 1:0 g:9 1:0 32:7 1:0 g:9 1:0
32:7 1:0 g:9 1:0 3j:9 1:0 32:7 1:0 g:9 1:0 7:84 1:91 1:0 2t:7 1:0 g:9 1:0 31:9 2:0 g:9 1:0 3g:9 1:0 31:103 2:9 1:0
d:107 4:0 30:118 2:9 1:0 d:122 4:0 24:220 2:0 r:220 1:0 1:220 1:0 1:216 1:0 1j:129 1:130 1:0 1:132 1:0 5:130 4:0
2:130 1:0 1:230 2:9 1:0 1:230 2:0 1q:220 1:0 34:7 1:0 1:9 2:0 2a:220 1:0 jz:230 3:0 qc:9 2:0 u:9 1:0 4d:9 1:0 a:230
1:0 5n:228 1:0 3z:222 1:230 1:220 1:0 63:230 1:220 1:0 1z:9 1:0 k:230 8:0 2:220 1:0 1c:230 5:220 6:230 2:220 1:0
1:220 2:230 2:220 2:230 5:220 1:230 4:0 2t:7 1:0 f:9 1:0 12:230 1:220 1:230 7:0 1i:9 2:0 1m:7 1:0 b:9 2:0 1v:7 1:0
48:230 3:0 1:1 1:220 5:230 2:220 4:230 1:0 1:1 7:0 4:220 1:0 6:230 1:0 3:230 2:0 5i:230 2:220 1:230 7:220 1:230
2:234 1:214 1:220 1:202 1:230 11:232 1:228 2:220 1:218 1:230 1:233 1:220 1:230 1:220 1:0 k0:230 2:1 2:230 4:1 3:230
2:0 4:230 1:0 3:1 2:230 1:220 1:230 1:1 2:220 4:230 1:0 2da:230 3:0 3x:9 1:0 2o:230 w:0 fe:218 1:228 1:232 1:222
1:224 2:0 2x:8 2:0 n9w:230 1:0 4:230 a:0 w:230 2:0 28:230 2:0 7o:9 1:0 11:9 1:0 47:9 1:0 r:230 i:0 1l:220 3:0 11:9
1:0 2n:7 1:0 c:9 1:0 6n:230 1:0 1:230 2:220 1:0 2:230 2:0 5:230 2:0 1:230 1:0 1g:9 1:0 6u:9 1:0 fn4:26 1:0 ld:230
7:220 7:230 2:0 r1:220 1:0 6a:220 1:0 45:230 5:0 1aq:220 1:0 1:230 1:0 14:230 1:1 1:220 1:0 4:9 1:0 4l:230 1:220 1:0
fx:230 4:0 ar:230 2:0 49:220 2:230 3:220 1:230 1:220 4:0 1d:230 1:220 1:230 1:220 1:0 5c:9 1:0 15:9 1:0 e:9 1:0 1l:9
1:7 1:0 1x:230 3:0 1c:9 2:0 1q:7 1:0 24:9 1:0 9:7 1:0 2y:9 1:7 1:0 4y:7 1:9 1:0 28:7 2:0 g:9 1:0 o:230 7:0 3:230 5:0
5p:9 1:0 3:7 1:0 n:230 1:0 2r:9 1:7 1:0 6z:9 1:7 1:0 3i:9 1:0 3a:9 1:7 1:0 37:9 1:0 7h:9 1:7 1:0 76:9 2:0 4:7 1:0
4c:9 1:0 2b:9 1:0 i:9 1:0 29:9 1:0 bp:9 1:0 76:7 1:0 1:9 2:0 29:9 1:0 fa0:1 5:0 1n:230 7:0 xl:6 2:0 f58:1 1:0
43q:216 2:1 3:0 3:226 1:216 5:0 8:220 8:0 2:230 5:220 2:0 u:230 4:0 44:230 3:0 2pn:230 7:0 1:230 h:0 2:230 7:0 1:230
2:0 1:230 5:0 79:230 7:0 af:230 1:0 1p:230 4:0 15s:220 7:0 31:230 6:7 1:0"""

EAST_ASIAN_WIDTH = """\
w:Na 2n:N y:A 1:Na 2:A 1:Na 2:A 2:N 1:A 1:N 1:Na 1:A 2:Na 1:A 5:N 1:A 5:N 1:A 4:N 6:A 1:N 9:A 1:N 6:A 2:N 5:A 4:N
4:A 1:N 1:A 3:N 1:A 2:N 2:A 1:N 1:A 2:N 3:A 4:N 1:A 1:N 1:A 1:N 2:A 1:N f:A 1:N 1:A 1:N 7:A 1:N a:A 2:N 3:A 1:N 5:A
3:N 4:A 1:N 6:A 4:N 1:A 1:N 3:A 4:N 1:A 1:N 4:A 2:N i:A 2:N 3:A 1:N 2q:A 1:N 1:A 1:N 1:A 1:N 1:A 1:N 1:A 1:N 1:A 1:N
1:A 1:N 1:A 1:N 38:A 1:N f:A 1:N 2q:A 1:N 2:A 1:N 1:A 3:N 1:A 1:N 2:A 1:N 7:A 4:N 1:A 1:N 1:A 1:N w:A 34:N 8:F 2:N
6:F 4:N 7:F 1:N 1:F 1:N 3:A h:F 1:A 7:N 7:A h:N 1:A 7:N 1j:A 1:N e:A 1s:N 1:A 1:N 66:F 1:N 12:F 2:N 1e:F 2:N 3:F 1:N
1j:F 8:N r:F 4:N 6:F b:N 7i:F 1:N 1o:F 2:N 2t:F e:N 1n:F 2:N 1d:F 2:N f:F 1:N s:F 2:N 1:F 1:N b:F 5:N v:F 1:N 2:F
6:N 6k:F 1:N 8:F 2:N 2:F 2:N m:F 1:N 7:F 1:N 1:F 3:N 4:F 2:N 9:F 2:N 2:F 2:N 4:F 8:N 1:F 4:N 2:F 1:N 5:F 2:N p:F 2:N
3:F 1:N 6:F 4:N 2:F 2:N m:F 1:N 7:F 1:N 2:F 1:N 2:F 1:N 2:F 2:N 1:F 1:N 5:F 4:N 2:F 2:N 3:F 3:N 1:F 7:N 4:F 1:N 1:F
7:N h:F a:N 3:F 1:N 9:F 1:N 3:F 1:N m:F 1:N 7:F 1:N 2:F 1:N 5:F 2:N a:F 1:N 3:F 1:N 3:F 2:N 1:F f:N 4:F 2:N c:F 7:N
7:F 1:N 3:F 1:N 8:F 2:N 2:F 2:N m:F 1:N 7:F 1:N 2:F 1:N 5:F 2:N 9:F 2:N 2:F 2:N 3:F 7:N 3:F 4:N 2:F 1:N 5:F 2:N i:F
a:N 2:F 1:N 6:F 3:N 3:F 1:N 4:F 3:N 2:F 1:N 1:F 1:N 2:F 3:N 2:F 3:N 3:F 3:N c:F 4:N 5:F 3:N 3:F 1:N 4:F 2:N 1:F 6:N
1:F e:N l:F 5:N d:F 1:N 3:F 1:N n:F 1:N g:F 2:N 9:F 1:N 3:F 1:N 4:F 7:N 2:F 1:N 3:F 2:N 1:F 2:N 4:F 2:N a:F 7:N m:F
1:N 3:F 1:N n:F 1:N a:F 1:N 5:F 2:N 9:F 1:N 3:F 1:N 4:F 7:N 2:F 6:N 2:F 1:N 4:F 2:N a:F 1:N 2:F d:N d:F 1:N 3:F 1:N
1f:F 1:N 3:F 1:N 6:F 4:N g:F 2:N q:F 1:N 3:F 1:N i:F 3:N o:F 1:N 9:F 1:N 1:F 2:N 7:F 3:N 1:F 4:N 6:F 1:N 1:F 1:N 8:F
6:N a:F 2:N 3:F c:N 1m:F 4:N t:F 11:N 2:F 1:N 1:F 1:N 5:F 1:N o:F 1:N 1:F 1:N n:F 2:N 5:F 1:N 1:F 1:N 6:F 2:N a:F
2:N 4:F w:N 20:F 1:N 10:F 4:N 13:F 1:N 10:F 1:N f:F 1:N d:F 11:N 5i:F 1:N 1:F 5:N 1:F 2:N 1c:W 2o:N 6h:F 1:N 4:F 2:N
7:F 1:N 1:F 1:N 4:F 2:N 15:F 1:N 4:F 2:N x:F 1:N 4:F 2:N 7:F 1:N 1:F 1:N 4:F 2:N f:F 1:N 1l:F 1:N 4:F 2:N 1v:F 2:N
w:F 3:N q:F 6:N 2e:F 2:N 6:F 2:N il:F 3:N 2h:F 7:N m:F 9:N o:F 9:N k:F c:N d:F 1:N 3:F 1:N 2:F c:N 2m:F 2:N a:F 6:N
a:F 6:N q:F 6:N 2h:F 7:N 17:F 5:N 1y:F a:N v:F 1:N c:F 4:N c:F 4:N 1:F 3:N 16:F 2:N 5:F b:N 18:F 4:N q:F 6:N b:F 3:N
1q:F 2:N 1t:F 1:N t:F 2:N b:F 6:N a:F 6:N e:F 2:N v:F 1d:N 25:F 3:N 1b:F 1:N 38:F 8:N 1o:F 3:N f:F 3:N 1o:F 7:N 17:F
2:N b:F 8:N 17:F 5:N eu:F 2:N 6:F 2:N 12:F 2:N 6:F 2:N 8:F 1:N 1:F 1:N 1:F 1:N 1:F 1:N v:F 2:N 1h:F 1:N f:F 1:N e:F
2:N 6:F 1:N j:F 2:N 3:F 1:N 9:F 1:N g:A 1:N 2:A 4:N 1:A 2:N 2:A 2:N 2:A 3:N 1:A 4:N 8:A 1:N 1:A 2:N 1:A 1:N 5:A 1:N
2:A 1:N 12:F 1:N c:F 2:A 1:N a:A 1:N 1:A 4:N a:F 1:N d:F 3:N 9:H 1:N 2:A 1:N k:F f:N x:F f:N 3:A 1:N 1:A 1:N 3:A 1:N
9:A 1:N 2:A 1:N a:A 2:N 3:A 1:N 4:A 1:N 13:A 2:N 6:A 4:N 1:A c:N 4:A a:N f:A 1:N 2:F 4:A a:N u:A 2:N o:A 1:N 1:A 1:N
i:A 1:N o:A 1:N 1:A 2:N 3:A 2:N 2:A 1:N 3:A 1:N 1:A 1:N 3:A 1:N 4:A 1:N 2:A 4:N 2:A 1:N 1:A 1:N 1:A 6:N 1:A 1:N 5:A
4:N 4:A 2:N a:A 1:N 3:A 1:N 5:A 1:N d:A 2:N 2:A 4:N 2:A 2:N 2:A 2:N i:A 2:N 2:A 2:N d:A 1:N 3:A 1:N b:A 1:N p:A 1:N
2a:A 1:N 7:W 2:N d:W 2:N 5a:W 4:N 3:W 1:N 2:W 1:N 1f:F p:N b:F l:A 3u:N 1:A 2p:N 4:A 10:N c:A g:N 2:A 4:N a:A 2:N
1:A 7:N 8:A 2:N 2:A 2:N 4:A 2:N 2:A 2:N 4:A 3:N 2:A 1:N 2:A 4:N g:A 4:N 9:A 1:N d:W 2:N 6:A 2:N 2:A 1:N 4:A 2:N 4:W
2:N 6:A 1:N 1:A 1:N x:A 1:N 1:A 1:N 5:W c:N c:A 2:N 1:A 3:N 1:A 4:N 1:A 2:N 1:A 1:N f:W 1:N j:W 1:N a:A 2:N 1:W 1:N
8:W 2:N h:W 2:A 1:N 4:W 2:A 8:W 1:A 5:W 1:A d:N 1:A 1:N 4:A 2:W 1:A 7:W 2:A 1:W 1:A 4:W 1:A 2:W 1:A 2:N 5:W 1:N 4:W
2:N s:W 1:N k:A 1:N e:W 1:N 1:W 1:N 4:W 3:N 1:W 1:N u:A a:N l:W 3:N o:W 1:N e:W 1:N 12:Na 8:N bb:Na 2:N b8:W 2:N
1f:W 1:N 4:W 1:A 4:N q:F 2:N w:F 1:N 9p:F 5:N 19:F 1:N 1:F 5:N 1:F 2:N 1k:F 7:N 2:F e:N o:F 9:N 7:F 1:N 7:F 1:N 7:F
1:N 7:F 1:N 7:F 1:N 7:F 1:N 7:F 1:N 7:F 1:N 3i:F y:W q:F 1:W 2h:F c:W 5y:F q:W c:F 5:W 1q:N 1:F 1:W 2e:F 2:W 2v:F
5:W 17:F 1:W 2m:F 1:W 2c:F c:W 1b:F 1:W 14:A 8:W 5f4:N 1s:W h3h:F 3:W 1j:F 9:N 9o:F k:N 54:F 8:N 5n:F 5:N 2:F 1:N
1:F 1:N 5:F o:N 1n:F 3:N a:F 6:N 1k:F 8:N 1y:F 8:N c:F 6:N 38:F b:N 1:W t:F 3:N 26:F 1:N b:F 4:N x:F 1:N 1j:F 9:N
e:F 2:N a:F 2:N 2v:F o:N s:F a:N 6:F 2:N 6:F 2:N 6:F 9:N 7:F 1:N 7:F 1:N 1o:F 4:N 3i:F 2:N a:F 6:W 8mc:F c:N n:F 4:N
1d:F 4:N 1kw:A 4xs:W a6:F 2:W 2y:F 12:N 7:F c:N 5:F 5:N q:F 1:N 5:F 1:N 1:F 1:N 2:F 1:N 2:F 1:N 3h:F g:N cd:F 2:N
1i:F 7:N 1:F w:N g:A g:W a:F 6:N g:W z:F 1:W j:F 1:W 4:F 4:N 5:F 1:N 3r:F 2:N 1:F 2p:H 2m:F 3:H 6:F 2:H 6:F 2:H 6:F
2:H 3:F b:H 7:F a:N 4:A 1:F 2:N c:F 1:N q:F 1:N j:F 1:N 2:F 1:N f:F 2:N e:F y:N 3f:F 5:N 3:F 4:N 19:F 3:N 2g:F 1:N
d:F 3:N 1:F 1b:N 1a:F 3m:N t:F 3:N 1d:F f:N s:F 4:N 10:F 9:N u:F 5:N 17:F 5:N u:F 1:N 11:F 4:N e:F 16:N 4e:F 2:N a:F
6:N 10:F 4:N 10:F 4:N 14:F 8:N 1g:F b:N c:F 1:N f:F 1:N 7:F 1:N 2:F 1:N b:F 1:N f:F 1:N 7:F 1:N 2:F 1v:N 8n:F 9:N
m:F a:N 8:F o:N 6:F 1:N 16:F 1:N 9:F 1x:N 6:F 2:N 1:F 1:N 18:F 1:N 2:F 3:N 1:F 2:N n:F 1:N 20:F 8:N 9:F 1c:N j:F 1:N
2:F 5:N x:F 3:N r:F 5:N 1:F 1s:N 1k:F 4:N k:F 2:N 1e:F 1:N 2:F 5:N 8:F 1:N 3:F 1:N t:F 2:N 3:F 4:N a:F 7:N 9:F 7:N
1s:F w:N 13:F 4:N c:F 9:N 1i:F 3:N t:F 2:N r:F 5:N q:F 7:N 4:F c:N 7:F 28:N 21:F 1j:N 1f:F d:N 1f:F 7:N 1a:F 8:N a:F
86:N v:F 1:N 16:F 1:N 3:F 2:N 2:F 26:N 14:F 8:N 16:F m:N q:F 12:N s:F k:N n:F 9:N 26:F 4:N 10:F 9:N 1w:F a:N 1:F 2:N
p:F 7:N a:F 6:N 1h:F 1:N i:F 8:N 13:F 9:N 2o:F 1:N k:F b:N i:F 1:N 18:F 1t:N 7:F 1:N 1:F 1:N 4:F 1:N f:F 1:N b:F 6:N
1n:F 5:N a:F 6:N 4:F 1:N 8:F 2:N 2:F 2:N m:F 1:N 7:F 1:N 2:F 1:N 5:F 1:N a:F 2:N 2:F 2:N 3:F 2:N 1:F 6:N 1:F 5:N 7:F
2:N 7:F 3:N 5:F 3v:N 2k:F 1:N 5:F u:N 20:F 8:N a:F 4m:N 1i:F 2:N 12:F y:N 1x:F b:N a:F 6:N d:F j:N 1m:F 6:N a:F 1i:N
r:F 2:N f:F 4:N n:F 55:N 1o:F 2s:N 2b:F c:N 8:F 2:N 1:F 2:N 8:F 1:N 2:F 1:N u:F 1:N 2:F 2:N c:F 9:N a:F 1y:N 8:F 2:N
1a:F 2:N b:F r:N 20:F 8:N 2b:F d:N 21:F 7b:N 9:F 1:N 19:F 1:N e:F a:N t:F 3:N w:F 2:N m:F 1:N e:F 21:N 7:F 1:N 2:F
1:N 18:F 3:N 1:F 1:N 2:F 1:N 9:F 8:N a:F 6:N 6:F 1:N 2:F 1:N 11:F 1:N 2:F 1:N 6:F 7:N a:F 8m:N p:F 53:N 1:F f:N 1e:F
d:N pn:F 2u:N 33:F 1:N 5:F b:N 5g:F 218:N 2r:F d:N tr:F 1:N 9:F 347:N g7:F 6nt:N ft:F 7:N v:F 1:N a:F 4:N 29:F 1:N
a:F 6:N u:F 2:N 6:F a:N 1y:F a:N a:F 1:N 7:F 1:N l:F 5:N j:F j4:N 2j:F 2t:N 23:F 4:N 1l:F 7:N h:F 1s:W 5:F b:W 2:F
e:W 4qg:F 8:W ye:F 16:W 9:F 6w7:W 4:F 1:W 7:F 1:W 2:F 1:W 83:F 19:W 3:F h:W 4:F 8:W b0:F 1s4:N 2z:F 5:N d:F 3:N 9:F
7:N a:F 2:N 8:F 3mk:N 1a:F 2:N n:F 9:N 38:F 1o:N 6u:F a:N 13:F 2:N 5e:F l:N 1y:F 4a:N k:F c:N 2f:F 9:N p:F 3r:N 2d:F
1:N 1z:F 1:N 2:F 2:N 1:F 2:N 2:F 2:N 4:F 1:N c:F 1:N 1:F 1:N 7:F 1:N 1t:F 1:N 4:F 2:N 8:F 1:N 7:F 1:N s:F 1:N 4:F
1:N 5:F 1:N 1:F 3:N 7:F 1:N 9g:F 2:N 84:F 2:N ji:F f:N 5:F 1:N f:F uo:N v:F 69:N 7:F 1:N h:F 2:N 7:F 1:N 2:F 1:N 5:F
5x:N 19:F 3:N e:F 2:N a:F 4:N 2:F 8w:N v:F h:N 1m:F 5:N 1:F yo:N 7:F 1:N 4:F 1:N 2:F 1:N f:F 1:N 5h:F 2:N g:F 15:N
24:F 4:N a:F 4:N 2:F lt:N 1w:F 24:N 1p:F 5e:N 4:F 1:N r:F 1:N 2:F 1:N 1:F 2:N 1:F 1:N a:F 1:N 4:F 1:N 1:F 1:N 1:F
6:N 1:F 4:N 1:F 1:N 1:F 1:N 1:F 1:N 3:F 1:N 2:F 1:N 1:F 2:N 1:F 1:N 1:F 1:N 1:F 1:N 1:F 1:N 1:F 1:N 2:F 1:N 1:F 2:N
4:F 1:N 7:F 1:N 4:F 1:N 4:F 1:N 1:F 1:N a:F 1:N h:F 5:N 3:F 1:N 5:F 1:N h:F 1g:N 2:F 7i:N 4:W 1:N 13:F 4:N 2s:F c:N
f:F 2:N f:F 1:N e:W 1:F 1:N 11:F a:A b:N 5:A u:N 2:A 1m:N 6:A u:W 1:A 2:W a:A i:N 1:F 1k:N q:W 3:F d:W 18:F 4:W 9:F
7:W 2:F e:W 6:F 4a:W x:N c:W 9:N 1:W 1y:N 1:W m:N c:W 17:N 4:W 5:N c:W h:N 3:W 1:N 3:W 1z:N 1:W 1:N 1:W 57:N 2:W
1r:N d:W 4:N 1:W o:N i:W 1:N q:W 2:N d:W 1:N 2e:W 2d:N 1c:W 1y:N 6:W 1:N 3:W 3:N 2:W 3:F 5:W 3:N b:W 2:F 3:N 4:W 9:F
3:N 38:F c:N 2h:F 7:W c:F 4:W 1:F f:N c:F 4:N 1k:F 8:N a:F 6:N 14:F 8:N u:F 2:N 2:F 26:N c:W 1b:N 1:W a:N 1:W 55:N
2c:F c:N e:F 2:W 5:F 3:W 5:F 3:W 7:F 9:W t:F 3:W b:F 5:W 6:F a:W a:F 6:W 8:F 8:W 7:F 9:N 43:F 1:N 1j:F 11:N a:F sm:W
wyo:F w:W 37d:F 7:W 66:F 2:W 4g2:F e:W 5rl:F 2e7:W f2:F 15u:W 3t7:F fcfq:N 1:F u:N 2o:F 3k:A 6o:F 1e6o:A 1eke:F 2:A
1eke:F"""

MIRRORED = """\
14:1 2:0 i:1 1:0 1:1 1:0 s:1 1:0 1:1 1:0 t:1 1:0 1:1 1:0 19:1 1:0 f:1 1:0 2v2:1 4:0 1gd:1 2:0 1wc:1 2:0 a:1 2:0 1i:1
2:0 e:1 2:0 4x:1 1:0 5c:1 4:0 3:1 6:0 3:1 1:0 3:1 2:0 3:1 4:0 1:1 4:0 1:1 1:0 1:1 1:0 4:1 9:0 5:1 1:0 1:1 i:0 5:1
4:0 9:1 2:0 1:1 1:0 1:1 8:0 2:1 v:0 2:1 4:0 5:1 1:0 9:1 2:0 2:1 j:0 5:1 2:0 9:1 5:0 2:1 2:0 4:1 o:0 2:1 g:0 8:1 4:0
k:1 2:0 7:1 2:0 u5:1 e:0 22:1 1:0 2:1 4:0 1:1 2:0 1:1 3:0 5:1 4:0 5:1 3:0 3:1 e:0 b7:1 m:0 2:1 6:0 1:1 e:0 8:1 1:0
7:1 6:0 3:1 1:0 4:1 5:0 1:1 2:0 2:1 5:0 4:1 1:0 1:1 3:0 2:1 2:0 a:1 6:0 2:1 2:0 c:1 j:0 1:1 4:0 2:1 1:0 1:1 1:0 2:1
1:0 1:1 4:0 5:1 2:0 6:1 3:0 o:1 2:0 b:1 2:0 4:1 4:0 1:1 2:0 2:1 2:0 4:1 17:0 2:1 8:0 1:1 14:0 5:1 1:0 1:1 1:0 3:1
5:0 5:1 3:0 4:1 1:0 3:1 5:0 1:1 1:0 74:1 1:0 eb:1 4:0 3:1 2:0 1:1 2:0 e:1 2:0 2:1 a:0 17:1 8:0 bv:1 a:0 2:1 8:0
14ql:1 6:0 5:1 2:0 4i:1 2:0 i:1 1:0 1:1 1:0 s:1 1:0 1:1 1:0 t:1 1:0 1:1 1:0 1:1 2:0 1:1 2:0 16k7:1 1:0 1l:1 1:0 1l:1
1:0 1l:1 1:0 1l:1 1:0"""

DIGIT = """\
1c:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 3c:2 1:3 1:-1 5:1 1:-1 146:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1
3q:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 5i:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 bg:0 1:1 1:2 1:3 1:4 1:5
1:6 1:7 1:8 1:9 1:-1 3a:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 3a:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1
3a:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 3a:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 3a:0 1:1 1:2 1:3 1:4 1:5
1:6 1:7 1:8 1:9 1:-1 3a:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 3a:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1
3a:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 3a:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 2o:0 1:1 1:2 1:3 1:4 1:5
1:6 1:7 1:8 1:9 1:-1 3a:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 1y:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1
7q:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 1y:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 jz:1 1:2 1:3 1:4 1:5 1:6
1:7 1:8 1:9 1:-1 vi:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 12:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 8c:0
1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 3k:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:1 1:-1 4l:0 1:1 1:2 1:3 1:4 1:5
1:6 1:7 1:8 1:9 1:-1 6:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 52:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 2e:0
1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 3q:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 6:0 1:1 1:2 1:3 1:4 1:5 1:6
1:7 1:8 1:9 1:-1 t2:0 1:-1 3:4 1:5 1:6 1:7 1:8 1:9 1:-1 6:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 ra:1 1:2 1:3
1:4 1:5 1:6 1:7 1:8 1:9 1:-1 b:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 b:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 2h:0
1:-1 a:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 1:0 1:-1 hi:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 1:1 1:2 1:3 1:4 1:5
1:6 1:7 1:8 1:9 1:-1 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 ozx:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 iu:0
1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 12:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 5i:0 1:1 1:2 1:3 1:4 1:5 1:6
1:7 1:8 1:9 1:-1 m:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 2e:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 ba:0 1:1
1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 geu:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 13a:0 1:1 1:2 1:3 1:4 1:5 1:6
1:7 1:8 1:9 1:-1 13q:1 1:2 1:3 1:4 1:-1 ks:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 86:1 1:2 1:3 1:4 1:5 1:6 1:7
1:8 1:9 1:-1 dl:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 b:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 3k:0 1:1 1:2 1:3
1:4 1:5 1:6 1:7 1:8 1:9 1:-1 1o:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 40:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9
1:-1 7q:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 9i:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 3a:0 1:1 1:2 1:3
1:4 1:5 1:6 1:7 1:8 1:9 1:-1 ae:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 2u:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9
1:-1 2u:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 bq:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 2u:0 1:1 1:2 1:3
1:4 1:5 1:6 1:7 1:8 1:9 1:-1 l2:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 6u:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9
1:-1 1y:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 f5i:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 2e:0 1:1 1:2 1:3
1:4 1:5 1:6 1:7 1:8 1:9 1:-1 3q:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 lf8:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9
1:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8
1:9 1:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 1ts:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 bq:0 1:1 1:2 1:3 1:4
1:5 1:6 1:7 1:8 1:9 1:-1 192:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1 1ie:0 2:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9
1:-1 25h:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-1"""

NUMERIC = """\
1c:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- 3c:2 1:3 1:- 5:1 1:- 2:1/4 1:1/2 1:3/4 1:- 141:0 1:1 1:2 1:3 1:4 1:5
1:6 1:7 1:8 1:9 1:- 3q:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- 5i:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- bg:0
1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- 3a:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- 4:1/16 1:1/8 1:3/16 1:1/4 1:3/4
1:16 1:- 30:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- 3a:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- 3a:0 1:1 1:2 1:3
1:4 1:5 1:6 1:7 1:8 1:9 1:- 2:1/4 1:1/2 1:3/4 1:1/16 1:1/8 1:3/16 1:- 32:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:10
1:100 1:1000 1:- 37:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- 8:0 1:1 1:2 1:3 1:1 1:2 1:3 1:- 2v:0 1:1 1:2 1:3 1:4
1:5 1:6 1:7 1:8 1:9 1:- 2w:1/160 1:1/40 1:3/80 1:1/20 1:1/10 1:3/20 1:1/5 1:- 7:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8
1:9 1:10 1:100 1:1000 1:1/4 1:1/2 1:3/4 1:1/16 1:1/8 1:3/16 1:- 31:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- 2o:0
1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- 3a:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- 1y:0 1:1 1:2 1:3 1:4 1:5 1:6
1:7 1:8 1:9 1:1/2 1:3/2 1:5/2 1:7/2 1:9/2 1:11/2 1:13/2 1:15/2 1:17/2 1:-1/2 1:- 7g:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7
1:8 1:9 1:- 1y:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- jz:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:10 1:20 1:30 1:40
1:50 1:60 1:70 1:80 1:90 1:100 1:10000 1:- oh:17 1:18 1:19 1:- 6n:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- 6:0 1:1
1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- m:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- 8c:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8
1:9 1:- 3k:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:1 1:- 4l:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- 6:0 1:1 1:2
1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- 52:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- 2e:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8
1:9 1:- 3q:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- 6:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- t2:0 1:- 3:4 1:5
1:6 1:7 1:8 1:9 1:- 6:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- 5i:1/7 1:1/9 1:1/10 1:1/3 1:2/3 1:1/5 1:2/5 1:3/5
1:4/5 1:1/6 1:5/6 1:1/8 1:3/8 1:5/8 1:7/8 1:1 2:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:10 1:11 1:12 1:50 1:100 1:500 1:1000
1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:10 1:11 1:12 1:50 1:100 1:500 1:1000 2:5000 1:10000 1:- 2:6 1:50 1:50000
1:100000 1:0 1:- k6:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:10 1:11 1:12 1:13 1:14 1:15 1:16 1:17 1:18 1:19 1:20 1:1 1:2
1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:10 1:11 1:12 1:13 1:14 1:15 1:16 1:17 1:18 1:19 1:20 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8
1:9 1:10 1:11 1:12 1:13 1:14 1:15 1:16 1:17 1:18 1:19 1:20 1:- 26:0 1:11 1:12 1:13 1:14 1:15 1:16 1:17 1:18 1:19
1:20 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:10 1:0 1:- hi:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:10 1:1 1:2 1:3 1:4 1:5
1:6 1:7 1:8 1:9 1:10 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:10 1:- 12h:1/2 1:- ll:0 1:- p:1 1:2 1:3 1:4 1:5 1:6 1:7
1:8 1:9 1:- e:10 1:20 1:30 1:- 9j:1 1:2 1:3 1:4 1:- 3u:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:10 1:- u:10 1:20 1:30
1:40 1:50 1:60 1:70 1:80 1:- 1:21 1:22 1:23 1:24 1:25 1:26 1:27 1:28 1:29 1:30 1:31 1:32 1:33 1:34 1:35 1:- w:1 1:2
1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:10 1:- 13:36 1:37 1:38 1:39 1:40 1:41 1:42 1:43 1:44 1:45 1:46 1:47 1:48 1:49 1:50 1:-
91:5 1:- 3h:2 1:- py:5 1:- ma:7 1:- 3oy:1 1:- 2:7 1:- 3:10000 1:- 1:3 1:- 2b:9 1:- 1a:2 1:- 7:5 1:- 1:4 1:-
14:100000000 1:10 1:- u:1000 1:- 8:3 1:- 10:5 1:- 2q:100 1:- b7:100000000 1:- 1t:1000000000000 1:- y:2 1:- 1:8 1:-
1:6 1:- cz:10 1:- 1:1000 1:20 1:30 1:- 6:40 1:- 38:3 4:- ly:4 1:- et:1 1:- 7:1 1:- 134:1 1:- 3n:9 1:20 1:- c:1 1:2
1:3 1:- 1:2 1:- rx:10 1:- 25:8 1:- w5:7 1:- 1f7:7 1:- wf:9 1:- kn:100 1:- 1zb:4 1:- px:10000 1:- 1oh:2 1:- 4:2 1:-
3g:2 1:- 1rk:1000 1:- 10:6 1:- 5:100 1:- 17:6 1:- 3h:0 1:- 2zt:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- 58:1 1:2
1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:0 1:- 8w:1/4 1:1/2 1:3/4 1:1/16 1:1/8 1:3/16 1:- 4a:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8
1:9 1:- 12:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- 5i:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- m:0 1:1 1:2 1:3
1:4 1:5 1:6 1:7 1:8 1:9 1:- 2e:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- ba:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9
1:- fap:3 1:- 7:10 1:- 4:2 1:- 1l:0 1:- u:6 1:- 1:6 1:- 15:10 1:- 102:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- dp:1
1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:10 1:20 1:30 1:40 1:50 1:60 1:70 1:80 1:90 1:100 1:200 1:300 1:400 1:500 1:600
1:700 1:800 1:900 1:1000 1:2000 1:3000 1:4000 1:5000 1:6000 1:7000 1:8000 1:9000 1:10000 1:20000 1:30000 1:40000
1:50000 1:60000 1:70000 1:80000 1:90000 1:- c:1/4 1:1/2 1:1 1:5 1:50 1:500 1:5000 1:50000 1:5 1:10 1:50 1:100 1:500
1:1000 1:5000 1:5 1:10 1:50 1:100 1:500 1:1000 1:10000 1:50000 1:10 1:1 3:2 4:5 1:10 5:30 1:50 4:100 1:300 1:500
5:1000 1:5000 1:5 1:50 1:1/2 2:2/3 1:3/4 1:- h:0 1:1/4 1:- 9h:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:10 1:20 1:30 1:40
1:50 1:60 1:70 1:80 1:90 1:100 1:200 1:300 1:400 1:500 1:600 1:700 1:800 1:900 1:- 10:1 1:5 1:10 1:50 1:- t:90 1:-
8:900 1:- 3q:1 1:2 1:10 1:20 1:100 1:- 5m:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- q6:1 1:2 1:3 1:10 1:20 1:100
1:1000 1:10000 1:- p:1 1:2 1:3 1:4 1:5 1:10 1:20 1:- 13:1 1:2 1:3 1:4 2:5 1:10 1:20 1:100 1:- 23:1 1:5 1:10 1:20
1:100 1:- m:1 1:10 1:20 1:100 1:2 1:3 1:- 4g:11/12 1:1/2 1:- 2:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:10 1:20 1:30 1:40
1:50 1:60 1:70 1:- 2:100 1:200 1:300 1:400 1:500 1:600 1:700 1:800 1:900 1:1000 1:2000 1:3000 1:4000 1:5000 1:6000
1:7000 1:8000 1:9000 1:10000 1:20000 1:30000 1:40000 1:50000 1:60000 1:70000 1:80000 1:90000 1:100000 1:200000
1:300000 1:400000 1:500000 1:600000 1:700000 1:800000 1:900000 1:1/12 1:1/6 1:1/4 1:1/3 1:5/12 1:1/2 1:7/12 1:2/3
1:3/4 1:5/6 1:- 1s:1 1:2 1:3 1:4 1:10 1:20 1:100 1:1000 1:1/2 1:- 1g:1 1:50 1:- u:1 1:10 1:20 1:- 23:1 1:5 1:10 1:20
1:100 1:- 2w:1 1:2 1:3 1:4 1:10 1:20 1:100 1:1000 1:- o:1 1:2 1:3 1:4 1:10 1:20 1:100 1:1000 1:- 15:1 1:2 1:3 1:4
1:10 1:20 1:100 1:- 96:1 1:5 1:10 1:50 1:100 1:1000 1:- 1c:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- 86:1 1:2 1:3
1:4 1:5 1:6 1:7 1:8 1:9 1:10 1:20 1:30 1:40 1:50 1:60 1:70 1:80 1:90 1:100 1:200 1:300 1:400 1:500 1:600 1:700 1:800
1:900 1:1/2 1:1/4 1:1/3 1:2/3 1:- 4e:1 1:2 1:3 1:4 1:5 1:10 1:20 1:30 1:100 1:1/2 1:- 16:1 1:10 1:20 1:100 1:- 34:1
1:2 1:3 1:4 1:10 1:20 1:100 1:- 3q:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:10 1:20 1:30 1:40 1:50 1:60 1:70 1:80 1:90
1:100 1:1000 1:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- 3k:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- 1o:0 1:1 1:2
1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- 40:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- 7:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9
1:10 1:20 1:30 1:40 1:50 1:60 1:70 1:80 1:90 1:100 1:1000 1:- 6z:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- 9i:0 1:1
1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- 3a:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- ae:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7
1:8 1:9 1:- 2u:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- 2u:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:10 1:20 1:- bo:0
1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:10 1:20 1:30 1:40 1:50 1:60 1:70 1:80 1:90 1:- 2l:0 1:1 1:2 1:3 1:4 1:5 1:6
1:7 1:8 1:9 1:- l2:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:10 1:20 1:30 1:40
1:50 1:60 1:70 1:80 1:90 1:100 1:- 6b:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- 1y:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8
1:9 1:- eu:1/320 1:1/160 1:1/80 1:1/64 1:1/40 1:1/32 1:3/80 1:3/64 1:1/20 1:1/16 2:1/10 1:1/8 1:3/20 1:3/16 1:1/5
1:1/4 1:1/2 2:3/4 1:1/320 1:- tn:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:4 1:5 1:6 1:7 1:8 1:9
1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:1 1:2 1:3 1:4 1:5 1:2 1:3 2:4 1:5 1:6 1:7 1:8 1:9 1:1 1:2 1:3 2:4 1:5 1:216000
1:432000 1:1 1:2 1:3 2:4 1:5 1:3 2:4 4:6 1:7 3:8 2:9 4:2 1:3 1:4 1:5 1:6 1:1 1:2 1:3 1:4 2:5 2:2 1:3 1:1 1:2 1:1/3
1:2/3 1:5/6 1:1/3 1:2/3 1:1/8 1:1/4 1:1/6 1:1/4 2:1/2 1:1/3 1:2/3 1:40 1:50 1:4 1:5 1:6 1:7 1:8 1:9 1:- dtd:0 1:1
1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- 2e:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- 3q:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7
1:8 1:9 1:- 1:10 1:100 1:10000 1:1000000 1:100000000 1:10000000000 1:1000000000000 1:- m6:0 1:1 1:2 1:3 1:4 1:5 1:6
1:7 1:8 1:9 1:10 1:11 1:12 1:13 1:14 1:15 1:16 1:17 1:18 1:19 1:1 1:2 1:3 1:- jt5:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8
1:9 1:10 1:11 1:12 1:13 1:14 1:15 1:16 1:17 1:18 1:19 1:- 30:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:10 1:20 1:30 1:40
1:50 1:60 1:70 1:80 1:90 1:1 1:2 1:3 1:4 1:5 1:1 1:5 1:- ut:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:0 1:1 1:2 1:3
1:4 1:5 1:6 1:7 1:8 1:9 1:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:0 1:1 1:2
1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- 1ts:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- bq:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8
1:9 1:- 159:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- 3k:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- lz:1 1:2 1:3 1:4 1:5
1:6 1:7 1:8 1:9 1:10 1:20 1:30 1:40 1:50 1:60 1:70 1:80 1:90 1:100 1:200 1:300 1:400 1:500 1:600 1:700 1:800 1:900
1:1000 1:2000 1:3000 1:4000 1:5000 1:6000 1:7000 1:8000 1:9000 1:10000 1:20000 1:30000 1:40000 1:50000 1:60000
1:70000 1:80000 1:90000 1:100000 1:200000 1:100000 1:10000000 1:20000000 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:-
1:1/4 1:1/2 1:3/4 1:- 1:1 1:2 1:10000 1:100000 1:- 24:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:10 1:20 1:30 1:40 1:50
1:60 1:70 1:80 1:90 1:100 1:200 1:300 1:400 1:500 1:600 1:700 1:800 1:900 1:1000 1:2000 1:3000 1:4000 1:5000 1:6000
1:7000 1:8000 1:9000 1:10000 1:20000 1:30000 1:40000 1:50000 1:60000 1:70000 1:80000 1:90000 1:- 1:2 1:3 1:4 1:5 1:6
1:7 1:8 1:9 1:10 1:400 1:600 1:2000 1:10000 1:1/2 1:1/6 1:- qq:0 2:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:0 2:- 25f:0
1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 1:9 1:- sn:7 1:- 2q:4 1:- 3h:4 1:- 1q:5 1:- 1l4:1 1:- 2g:30 1:- 8:40 1:- f:40 1:-
99:6 1:- i:3 1:- r:3 1:- 4ty:2 1:- 16v:3 1:- 3gi:3 1:- 7rl:4 1:- tnm:9 1:-"""
