"""Decompositions of Unicode 14.0 characters without Hangul syllables: the distance from the last character and what it stands for
(base 36)."""

DECOMPOSITIONS = """\
4g:<noBreak>w 8:<compat>w+lk 2:<super>2p 5:<compat>w+lg 3:<super>1e 1:<super>1f 1:<compat>w+ld 1:<compat>qk
3:<compat>w+mf 1:<super>1d 1:<super>33 2:<fraction>1d+6dg+1g 1:<fraction>1d+6dg+1e 1:<fraction>1f+6dg+1g 2:1t+lc
1:1t+ld 1:1t+le 1:1t+lf 1:1t+lk 1:1t+lm 2:1v+mf 1:1x+lc 1:1x+ld 1:1x+le 1:1x+lk 1:21+lc 1:21+ld 1:21+le 1:21+lk
2:26+lf 1:27+lc 1:27+ld 1:27+le 1:27+lf 1:27+lk 3:2d+lc 1:2d+ld 1:2d+le 1:2d+lk 1:2h+ld 3:2p+lc 1:2p+ld 1:2p+le
1:2p+lf 1:2p+lk 1:2p+lm 2:2r+mf 1:2t+lc 1:2t+ld 1:2t+le 1:2t+lk 1:2x+lc 1:2x+ld 1:2x+le 1:2x+lk 2:32+lf 1:33+lc
1:33+ld 1:33+le 1:33+lf 1:33+lk 3:39+lc 1:39+ld 1:39+le 1:39+lk 1:3d+ld 2:3d+lk 1:1t+lg 1:2p+lg 1:1t+li 1:2p+li
1:1t+mg 1:2p+mg 1:1v+ld 1:2r+ld 1:1v+le 1:2r+le 1:1v+lj 1:2r+lj 1:1v+lo 1:2r+lo 1:1w+lo 1:2s+lo 3:1x+lg 1:2t+lg
1:1x+li 1:2t+li 1:1x+lj 1:2t+lj 1:1x+mg 1:2t+mg 1:1x+lo 1:2t+lo 1:1z+le 1:2v+le 1:1z+li 1:2v+li 1:1z+lj 1:2v+lj
1:1z+mf 1:2v+mf 1:20+le 1:2w+le 3:21+lf 1:2x+lf 1:21+lg 1:2x+lg 1:21+li 1:2x+li 1:21+mg 1:2x+mg 1:21+lj
2:<compat>21+22 1:<compat>2x+2y 1:22+le 1:2y+le 1:23+mf 1:2z+mf 2:24+ld 1:30+ld 1:24+mf 1:30+mf 1:24+lo 1:30+lo
1:<compat>24+53 1:<compat>30+53 3:26+ld 1:32+ld 1:26+mf 1:32+mf 1:26+lo 1:32+lo 1:<compat>jg+32 3:27+lg 1:33+lg
1:27+li 1:33+li 1:27+ln 1:33+ln 3:2a+ld 1:36+ld 1:2a+mf 1:36+mf 1:2a+lo 1:36+lo 1:2b+ld 1:37+ld 1:2b+le 1:37+le
1:2b+mf 1:37+mf 1:2b+lo 1:37+lo 1:2c+mf 1:38+mf 1:2c+lo 1:38+lo 3:2d+lf 1:39+lf 1:2d+lg 1:39+lg 1:2d+li 1:39+li
1:2d+lm 1:39+lm 1:2d+ln 1:39+ln 1:2d+mg 1:39+mg 1:2f+le 1:3b+le 1:2h+le 1:3d+le 1:2h+lk 1:2i+ld 1:3e+ld 1:2i+lj
1:3e+lj 1:2i+lo 1:3e+lo 1:<compat>37 x:27+m3 1:33+m3 e:2d+m3 1:39+m3 k:<compat>1w+al 1:<compat>1w+am 1:<compat>2s+am
1:<compat>24+22 1:<compat>24+2y 1:<compat>30+2y 1:<compat>26+22 1:<compat>26+2y 1:<compat>32+2y 1:1t+lo 1:2p+lo
1:21+lo 1:2x+lo 1:27+lo 1:33+lo 1:2d+lo 1:39+lo 1:64+lg 1:70+lg 1:64+ld 1:70+ld 1:64+lo 1:70+lo 1:64+lc 1:70+lc
2:5g+lg 1:6c+lg 1:fa+lg 1:fb+lg 1:5i+lg 1:6e+lg 3:1z+lo 1:2v+lo 1:23+lo 1:2z+lo 1:27+mg 1:33+mg 1:dm+lg 1:dn+lg
1:c7+lo 1:ia+lo 1:2y+lo 1:<compat>1w+2i 1:<compat>1w+3e 1:<compat>2s+3e 1:1z+ld 1:2v+ld 3:26+lc 1:32+lc 1:5h+ld
1:6d+ld 1:5i+ld 1:6e+ld 1:60+ld 1:6w+ld 1:1t+lr 1:2p+lr 1:1t+lt 1:2p+lt 1:1x+lr 1:2t+lr 1:1x+lt 1:2t+lt 1:21+lr
1:2x+lr 1:21+lt 1:2x+lt 1:27+lr 1:33+lr 1:27+lt 1:33+lt 1:2a+lr 1:36+lr 1:2a+lt 1:36+lt 1:2d+lr 1:39+lr 1:2d+lt
1:39+lt 1:2b+me 1:37+me 1:2c+me 1:38+me 3:20+lo 1:2w+lo 7:1t+lj 1:2p+lj 1:1x+mf 1:2t+mf 1:5y+lg 1:6u+lg 1:5x+lg
1:6t+lg 1:27+lj 1:33+lj 1:fi+lg 1:fj+lg 1:2h+lg 1:3d+lg 3h:<super>2w 1:<super>h2 1:<super>2y 1:<super>36 1:<super>hl
1:<super>hn 1:<super>ht 1:<super>3b 1:<super>3d w:<compat>w+li 1:<compat>w+lj 1:<compat>w+lm 1:<compat>w+mg
1:<compat>w+lf 1:<compat>w+ln 3:<super>gz 1:<super>30 1:<super>37 1:<super>3c 1:<super>id 2k:lc 1:ld 2:lv 1:lk+ld
1c:jd 6:<compat>w+n9 4:1n 6:<compat>w+ld 1:4o+ld 1:pd+ld 1:53 1:ph+ld 1:pj+ld 1:pl+ld 2:pr+ld 2:px+ld 1:q1+ld
1:qy+ld q:pl+lk 1:px+lk 1:q9+ld 1:qd+ld 1:qf+ld 1:qh+ld 1:qz+ld q:qh+lk 1:qt+lk 1:qn+ld 1:qt+ld 1:qx+ld 2:<compat>qa
1:<compat>qg 1:<compat>px 1:r6+ld 1:r6+lk 1:<compat>qu 1:<compat>qo q:<compat>qi 1:<compat>qp 1:<compat>qq
2:<compat>pk 1:<compat>qd 4:<compat>pv 7:t1+lc 1:t1+lk 2:sz+ld 4:sm+lk 5:t6+ld 1:t4+lc 1:tf+li b:t4+li w:u0+li
n:tx+lc 1:tx+lk 2:tv+ld 4:uu+lk 5:u2+ld 1:u0+lc 1:ub+li o:vo+lr 1:vp+lr 22:t2+li 1:ty+li e:sw+li 1:ts+li 1:sw+lk
1:ts+lk 3:t1+li 1:tx+li 3:yg+lk 1:yh+lk 1:t2+lk 1:ty+lk 1:t3+lk 1:tz+lk 3:t4+lg 1:u0+lg 1:t4+lk 1:u0+lk 1:ta+lk
1:u6+lk 3:yw+lk 1:yx+lk 1:tp+lk 1:ul+lk 1:tf+lg 1:ub+lg 1:tf+lk 1:ub+lk 1:tf+ln 1:ub+ln 1:tj+lk 1:uf+lk 3:tn+lk
1:uj+lk 3y:<compat>12d+136 4b:17r+18z 1:17r+190 1:18o+190 1:17r+191 1:18q+190 27:<compat>17r+19w 1:<compat>18o+19w
1:<compat>1c7+19w 1:<compat>18q+19w 20:1cl+190 2:1c1+190 h:1ci+190 gm:1t4+1to 8:1tc+1to 3:1tf+1to 10:1sl+1to
1:1sm+1to 1:1sn+1to 1:1ss+1to 1:1sx+1to 1:1sy+1to 1:1t7+1to 1:1tb+1to 30:1xj+1xa 1:1xj+1xz g:1wh+1x8 1:1wi+1x8
2:1wv+1x8 2c:20i+20s 3:20o+20s z:1zq+20s 1:1zr+20s 1:1zw+20s 3:20b+20s 6i:287+28m 3:287+27y 1:287+28n g:275+27w
1:276+27w 1j:2aa+2c7 1i:2bq+2bi 1:2br+2bi 1:2bq+2c7 3g:2fa+2fq 3c:2in+2j9 7:2iu+2j9 1:2iu+2ja 2:2iu+2iq 1:2iy+2j9
3j:2me+2m6 1:2mf+2m6 1:2me+2mv 3y:2qh+2q2 2:2qh+2q7 1:2qk+2q2 1:2qh+2qn 2d:<compat>2tp+2sy 3k:<compat>2x9+2wi
15:<compat>2wb+2vt 1:<compat>2wb+2w1 1b:<noBreak>2yz 1j:30i+33r a:30s+33r 5:30x+33r 5:312+33r 5:317+33r d:30g+33p
a:31t+31u 2:31t+31w 1:33m+328 1:<compat>33m+329 1:33n+328 1:<compat>33n+329 8:31t+328 i:32q+33r a:330+33r 5:335+33r
5:33a+33r 5:33f+33r d:32o+33p 31:36t+372 5y:<super>3bw 1ze:5c5+5dh 2:5c7+5dh 2:5c9+5dh 2:5cb+5dh 2:5cd+5dh 4:5ch+5dh
15:5dm+5dh 2:5do+5dh 3:5dq+5dh 1:5dr+5dh 2:5du+5dh dl:<super>1t 1:<super>5i 1:<super>1u 2:<super>1w 1:<super>1x
1:<super>b2 1:<super>1z 1:<super>20 1:<super>21 1:<super>22 1:<super>23 1:<super>24 1:<super>25 1:<super>26
2:<super>27 1:<super>f6 1:<super>28 1:<super>2a 1:<super>2c 1:<super>2d 1:<super>2f 1:<super>2p 1:<super>gg
1:<super>gh 1:<super>5qa 1:<super>2q 1:<super>2s 1:<super>2t 1:<super>gp 1:<super>gr 1:<super>gs 1:<super>2v
2:<super>2z 1:<super>31 1:<super>97 1:<super>33 1:<super>gk 1:<super>5qu 1:<super>5qv 1:<super>34 1:<super>38
1:<super>39 1:<super>5r1 1:<super>hb 1:<super>3a 1:<super>5r9 1:<super>qa 1:<super>qb 1:<super>qc 1:<super>qu
1:<super>qv 1:<sub>2x 1:<sub>36 1:<sub>39 1:<sub>3a 1:<sub>qa 1:<sub>qb 1:<sub>qp 1:<sub>qu 1:<sub>qv e:<super>u5
z:<super>gi 1:<super>2r 1:<super>gl 1:<super>6o 1:<super>gs 1:<super>2u 1:<super>gv 1:<super>gx 1:<super>h1
1:<super>h4 1:<super>h5 1:<super>h6 1:<super>5tn 1:<super>il 1:<super>h9 1:<super>5tx 1:<super>in 1:<super>hd
1:<super>hc 1:<super>he 1:<super>hf 1:<super>hg 1:<super>hh 1:<super>hk 1:<super>hu 1:<super>hv 1:<super>bv
1:<super>i1 1:<super>i2 1:<super>5r0 1:<super>i3 1:<super>i4 1:<super>3e 1:<super>i8 1:<super>i9 1:<super>ia
1:<super>qg 1t:1t+md 1:2p+md 1:1u+lj 1:2q+lj 1:1u+mb 1:2q+mb 1:1u+mp 1:2q+mp 1:5j+ld 1:6f+ld 1:1w+lj 1:2s+lj 1:1w+mb
1:2s+mb 1:1w+mp 1:2s+mp 1:1w+mf 1:2s+mf 1:1w+ml 1:2s+ml 1:7m+lc 1:7n+lc 1:7m+ld 1:7n+ld 1:1x+ml 1:2t+ml 1:1x+mo
1:2t+mo 1:fc+li 1:fd+li 1:1y+lj 1:2u+lj 1:1z+lg 1:2v+lg 1:20+lj 1:2w+lj 1:20+mb 1:2w+mb 1:20+lk 1:2w+lk 1:20+mf
1:2w+mf 1:20+mm 1:2w+mm 1:21+mo 1:2x+mo 1:5r+ld 1:6n+ld 1:23+ld 1:2z+ld 1:23+mb 1:2z+mb 1:23+mp 1:2z+mp 1:24+mb
1:30+mb 1:5yu+lg 1:5yv+lg 1:24+mp 1:30+mp 1:24+ml 1:30+ml 1:25+ld 1:31+ld 1:25+lj 1:31+lj 1:25+mb 1:31+mb 1:26+lj
1:32+lj 1:26+mb 1:32+mb 1:26+mp 1:32+mp 1:26+ml 1:32+ml 1:5x+ld 1:6t+ld 1:5x+lk 1:6t+lk 1:98+lc 1:99+lc 1:98+ld
1:99+ld 1:28+ld 1:34+ld 1:28+lj 1:34+lj 1:2a+lj 1:36+lj 1:2a+mb 1:36+mb 1:5zu+lg 1:5zv+lg 1:2a+mp 1:36+mp 1:2b+lj
1:37+lj 1:2b+mb 1:37+mb 1:9m+lj 1:9n+lj 1:9s+lj 1:9t+lj 1:602+lj 1:603+lj 1:2c+lj 1:38+lj 1:2c+mb 1:38+mb 1:2c+mp
1:38+mp 1:2c+ml 1:38+ml 1:2d+mc 1:39+mc 1:2d+mo 1:39+mo 1:2d+ml 1:39+ml 1:a0+ld 1:a1+ld 1:a2+lk 1:a3+lk 1:2e+lf
1:3a+lf 1:2e+mb 1:3a+mb 1:2f+lc 1:3b+lc 1:2f+ld 1:3b+ld 1:2f+lk 1:3b+lk 1:2f+lj 1:3b+lj 1:2f+mb 1:3b+mb 1:2g+lj
1:3c+lj 1:2g+lk 1:3c+lk 1:2h+lj 1:3d+lj 1:2i+le 1:3e+le 1:2i+mb 1:3e+mb 1:2i+mp 1:3e+mp 1:2w+mp 1:38+lk 1:3b+lm
1:3d+lm 1:<compat>2p+ji 1:an+lj 5:1t+mb 1:2p+mb 1:1t+ll 1:2p+ll 1:5e+ld 1:6a+ld 1:5e+lc 1:6a+lc 1:5e+ll 1:6a+ll
1:5e+lf 1:6a+lf 1:61s+le 1:61t+le 1:76+ld 1:77+ld 1:76+lc 1:77+lc 1:76+ll 1:77+ll 1:76+lf 1:77+lf 1:61s+li 1:61t+li
1:1x+mb 1:2t+mb 1:1x+ll 1:2t+ll 1:1x+lf 1:2t+lf 1:5m+ld 1:6i+ld 1:5m+lc 1:6i+lc 1:5m+ll 1:6i+ll 1:5m+lf 1:6i+lf
1:62g+le 1:62h+le 1:21+ll 1:2x+ll 1:21+mb 1:2x+mb 1:27+mb 1:33+mb 1:27+ll 1:33+ll 1:5w+ld 1:6s+ld 1:5w+lc 1:6s+lc
1:5w+ll 1:6s+ll 1:5w+lf 1:6s+lf 1:630+le 1:631+le 1:bk+ld 1:bl+ld 1:bk+lc 1:bl+lc 1:bk+ll 1:bl+ll 1:bk+lf 1:bl+lf
1:bk+mb 1:bl+mb 1:2d+mb 1:39+mb 1:2d+ll 1:39+ll 1:bz+ld 1:c0+ld 1:bz+lc 1:c0+lc 1:bz+ll 1:c0+ll 1:bz+lf 1:c0+lf
1:bz+mb 1:c0+mb 1:2h+lc 1:3d+lc 1:2h+mb 1:3d+mb 1:2h+ll 1:3d+ll 1:2h+lf 1:3d+lf 7:q9+lv 1:q9+lw 1:64g+lc 1:64h+lc
1:64g+ld 1:64h+ld 1:64g+n6 1:64h+n6 1:pd+lv 1:pd+lw 1:64o+lc 1:64p+lc 1:64o+ld 1:64p+ld 1:64o+n6 1:64p+n6 1:qd+lv
1:qd+lw 1:64w+lc 1:64x+lc 1:64w+ld 1:64x+ld 3:ph+lv 1:ph+lw 1:654+lc 1:655+lc 1:654+ld 1:655+ld 3:qf+lv 1:qf+lw
1:65c+lc 1:65d+lc 1:65c+ld 1:65d+ld 1:65c+n6 1:65d+n6 1:pj+lv 1:pj+lw 1:65k+lc 1:65l+lc 1:65k+ld 1:65l+ld 1:65k+n6
1:65l+n6 1:qh+lv 1:qh+lw 1:65s+lc 1:65t+lc 1:65s+ld 1:65t+ld 1:65s+n6 1:65t+n6 1:pl+lv 1:pl+lw 1:660+lc 1:661+lc
1:660+ld 1:661+ld 1:660+n6 1:661+n6 1:qn+lv 1:qn+lw 1:668+lc 1:669+lc 1:668+ld 1:669+ld 3:pr+lv 1:pr+lw 1:66g+lc
1:66h+lc 1:66g+ld 1:66h+ld 3:qt+lv 1:qt+lw 1:66o+lc 1:66p+lc 1:66o+ld 1:66p+ld 1:66o+n6 1:66p+n6 2:px+lw 2:66x+lc
2:66x+ld 2:66x+n6 1:qx+lv 1:qx+lw 1:674+lc 1:675+lc 1:674+ld 1:675+ld 1:674+n6 1:675+n6 1:q1+lv 1:q1+lw 1:67c+lc
1:67d+lc 1:67c+ld 1:67d+ld 1:67c+n6 1:67d+n6 1:q9+lc 1:q4 1:qd+lc 1:q5 1:qf+lc 1:q6 1:qh+lc 1:q7 1:qn+lc 1:r0
1:qt+lc 1:r1 1:qx+lc 1:r2 3:64g+n9 1:64h+n9 1:64i+n9 1:64j+n9 1:64k+n9 1:64l+n9 1:64m+n9 1:64n+n9 1:64o+n9 1:64p+n9
1:64q+n9 1:64r+n9 1:64s+n9 1:64t+n9 1:64u+n9 1:64v+n9 1:65c+n9 1:65d+n9 1:65e+n9 1:65f+n9 1:65g+n9 1:65h+n9 1:65i+n9
1:65j+n9 1:65k+n9 1:65l+n9 1:65m+n9 1:65n+n9 1:65o+n9 1:65p+n9 1:65q+n9 1:65r+n9 1:674+n9 1:675+n9 1:676+n9 1:677+n9
1:678+n9 1:679+n9 1:67a+n9 1:67b+n9 1:67c+n9 1:67d+n9 1:67e+n9 1:67f+n9 1:67g+n9 1:67h+n9 1:67i+n9 1:67j+n9 1:q9+li
1:q9+lg 1:67k+n9 1:q9+n9 1:q4+n9 2:q9+n6 1:69i+n9 1:pd+li 1:pd+lg 1:pd+lc 1:p2 1:pd+n9 1:<compat>w+lv 1:qh
1:<compat>w+lv 1:<compat>w+n6 1:4o+n6 1:67o+n9 1:qf+n9 1:q6+n9 2:qf+n6 1:69y+n9 1:ph+lc 1:p4 1:pj+lc 1:p5 1:pj+n9
1:69r+lc 1:69r+ld 1:69r+n6 1:qh+li 1:qh+lg 1:qy+lc 1:pc 3:qh+n6 1:qy+n6 1:pl+li 1:pl+lg 1:pl+lc 1:p6 2:6bi+lc
1:6bi+ld 1:6bi+n6 1:qt+li 1:qt+lg 1:qz+lc 1:q8 1:qp+lv 1:qp+lw 1:qt+n6 1:qz+n6 1:px+li 1:px+lg 1:px+lc 1:pa 1:pt+lw
1:4o+lc 1:p1 1:2o 3:67w+n9 1:qx+n9 1:r2+n9 2:qx+n6 1:6ba+n9 1:pr+lc 1:p8 1:q1+lc 1:pb 1:q1+n9 1:50 1:<compat>w+lw
2:6bm 1:6bn 1:<compat>w 1:<compat>w 1:<compat>w 1:<compat>w 1:<compat>w 1:<noBreak>w 1:<compat>w 1:<compat>w
1:<compat>w 7:<noBreak>6c0 6:<compat>w+mr d:<compat>1a 1:<compat>1a+1a 1:<compat>1a+1a+1a 9:<noBreak>w
4:<compat>6cy+6cy 1:<compat>6cy+6cy+6cy 2:<compat>6d1+6d1 1:<compat>6d1+6d1+6d1 5:<compat>x+x 2:<compat>w+lh
9:<compat>1r+1r 1:<compat>1r+x 1:<compat>x+1r e:<compat>6cy+6cy+6cy+6cy 8:<compat>w h:<super>1c 1:<super>2x
3:<super>1g 1:<super>1h 1:<super>1i 1:<super>1j 1:<super>1k 1:<super>1l 1:<super>17 1:<super>6qa 1:<super>1p
1:<super>14 1:<super>15 1:<super>32 1:<sub>1c 1:<sub>1d 1:<sub>1e 1:<sub>1f 1:<sub>1g 1:<sub>1h 1:<sub>1i 1:<sub>1j
1:<sub>1k 1:<sub>1l 1:<sub>17 1:<sub>6qa 1:<sub>1p 1:<sub>14 1:<sub>15 2:<sub>2p 1:<sub>2t 1:<sub>33 1:<sub>3c
1:<sub>gp 1:<sub>2w 1:<sub>2z 1:<sub>30 1:<sub>31 1:<sub>32 1:<sub>34 1:<sub>37 1:<sub>38 c:<compat>2a+37
2g:<compat>2p+1b+2r 1:<compat>2p+1b+37 1:<font>1v 1:<compat>4w+1v 2:<compat>2r+1b+33 1:<compat>2r+1b+39 1:<compat>b4
2:<compat>4w+1y 1:<font>2v 1:<font>20 1:<font>20 1:<font>20 1:<font>2w 1:<font>87 1:<font>21 1:<font>21 1:<font>24
1:<font>30 2:<font>26 1:<compat>26+33 3:<font>28 1:<font>29 1:<font>2a 1:<font>2a 1:<font>2a 3:<super>2b+25
1:<compat>2c+1x+24 1:<super>2c+25 2:<font>2i 2:q1 2:<font>2i 2:23 1:5h 1:<font>1u 1:<font>1v 2:<font>2t 1:<font>1x
1:<font>1y 2:<font>25 1:<font>33 1:<compat>15c 1:<compat>15d 1:<compat>15e 1:<compat>15f 1:<font>2x
2:<compat>1y+1t+2g 1:<font>qo 1:<font>qb 1:<font>pf 1:<font>ps 1:<font>6q9 5:<font>1w 1:<font>2s 1:<font>2t
1:<font>2x 1:<font>2y 7:<fraction>1d+6dg+1j 1:<fraction>1d+6dg+1l 1:<fraction>1d+6dg+1d+1c 1:<fraction>1d+6dg+1f
1:<fraction>1e+6dg+1f 1:<fraction>1d+6dg+1h 1:<fraction>1e+6dg+1h 1:<fraction>1f+6dg+1h 1:<fraction>1g+6dg+1h
1:<fraction>1d+6dg+1i 1:<fraction>1h+6dg+1i 1:<fraction>1d+6dg+1k 1:<fraction>1f+6dg+1k 1:<fraction>1h+6dg+1k
1:<fraction>1j+6dg+1k 1:<fraction>1d+6dg 1:<compat>21 1:<compat>21+21 1:<compat>21+21+21 1:<compat>21+2e
1:<compat>2e 1:<compat>2e+21 1:<compat>2e+21+21 1:<compat>2e+21+21+21 1:<compat>21+2g 1:<compat>2g 1:<compat>2g+21
1:<compat>2g+21+21 1:<compat>24 1:<compat>1v 1:<compat>1w 1:<compat>25 1:<compat>2x 1:<compat>2x+2x
1:<compat>2x+2x+2x 1:<compat>2x+3a 1:<compat>3a 1:<compat>3a+2x 1:<compat>3a+2x+2x 1:<compat>3a+2x+2x+2x
1:<compat>2x+3c 1:<compat>3c 1:<compat>3c+2x 1:<compat>3c+2x+2x 1:<compat>30 1:<compat>2r 1:<compat>2s 1:<compat>31
a:<fraction>1c+6dg+1f h:6mo+mw 1:6mq+mw j:6ms+mw v:6og+mw 1:6ok+mw 1:6oi+mw 1h:6pv+mw 5:6q0+mw 3:6q3+mw o:6qr+mw
2:6qt+mw 6:<compat>6qz+6qz 1:<compat>6qz+6qz+6qz 2:<compat>6r2+6r2 1:<compat>6r2+6r2+6r2 h:6rg+mw 3:6rn+mw 3:6rp+mw
2:6rs+mw n:1p+mw 2:6sh+mw b:6rx+mw 1:1o+mw 1:1q+mw 1:6sk+mw 1:6sl+mw 3:6sy+mw 1:6sz+mw 3:6t2+mw 1:6t3+mw 7:6t6+mw
1:6t7+mw 3:6te+mw 1:6tf+mw 3:6ti+mw 1:6tj+mw z:6ua+mw 1:6ug+mw 1:6uh+mw 1:6uj+mw 1d:6t8+mw 1:6t9+mw 1:6tt+mw
1:6tu+mw 7:6uq+mw 1:6ur+mw 1:6us+mw 1:6ut+mw 1o:9hk 1:9hl 8m:<circle>1d 1:<circle>1e 1:<circle>1f 1:<circle>1g
1:<circle>1h 1:<circle>1i 1:<circle>1j 1:<circle>1k 1:<circle>1l 1:<circle>1d+1c 1:<circle>1d+1d 1:<circle>1d+1e
1:<circle>1d+1f 1:<circle>1d+1g 1:<circle>1d+1h 1:<circle>1d+1i 1:<circle>1d+1j 1:<circle>1d+1k 1:<circle>1d+1l
1:<circle>1e+1c 1:<compat>14+1d+15 1:<compat>14+1e+15 1:<compat>14+1f+15 1:<compat>14+1g+15 1:<compat>14+1h+15
1:<compat>14+1i+15 1:<compat>14+1j+15 1:<compat>14+1k+15 1:<compat>14+1l+15 1:<compat>14+1d+1c+15
1:<compat>14+1d+1d+15 1:<compat>14+1d+1e+15 1:<compat>14+1d+1f+15 1:<compat>14+1d+1g+15 1:<compat>14+1d+1h+15
1:<compat>14+1d+1i+15 1:<compat>14+1d+1j+15 1:<compat>14+1d+1k+15 1:<compat>14+1d+1l+15 1:<compat>14+1e+1c+15
1:<compat>1d+1a 1:<compat>1e+1a 1:<compat>1f+1a 1:<compat>1g+1a 1:<compat>1h+1a 1:<compat>1i+1a 1:<compat>1j+1a
1:<compat>1k+1a 1:<compat>1l+1a 1:<compat>1d+1c+1a 1:<compat>1d+1d+1a 1:<compat>1d+1e+1a 1:<compat>1d+1f+1a
1:<compat>1d+1g+1a 1:<compat>1d+1h+1a 1:<compat>1d+1i+1a 1:<compat>1d+1j+1a 1:<compat>1d+1k+1a 1:<compat>1d+1l+1a
1:<compat>1e+1c+1a 1:<compat>14+2p+15 1:<compat>14+2q+15 1:<compat>14+2r+15 1:<compat>14+2s+15 1:<compat>14+2t+15
1:<compat>14+2u+15 1:<compat>14+2v+15 1:<compat>14+2w+15 1:<compat>14+2x+15 1:<compat>14+2y+15 1:<compat>14+2z+15
1:<compat>14+30+15 1:<compat>14+31+15 1:<compat>14+32+15 1:<compat>14+33+15 1:<compat>14+34+15 1:<compat>14+35+15
1:<compat>14+36+15 1:<compat>14+37+15 1:<compat>14+38+15 1:<compat>14+39+15 1:<compat>14+3a+15 1:<compat>14+3b+15
1:<compat>14+3c+15 1:<compat>14+3d+15 1:<compat>14+3e+15 1:<circle>1t 1:<circle>1u 1:<circle>1v 1:<circle>1w
1:<circle>1x 1:<circle>1y 1:<circle>1z 1:<circle>20 1:<circle>21 1:<circle>22 1:<circle>23 1:<circle>24 1:<circle>25
1:<circle>26 1:<circle>27 1:<circle>28 1:<circle>29 1:<circle>2a 1:<circle>2b 1:<circle>2c 1:<circle>2d 1:<circle>2e
1:<circle>2f 1:<circle>2g 1:<circle>2h 1:<circle>2i 1:<circle>2p 1:<circle>2q 1:<circle>2r 1:<circle>2s 1:<circle>2t
1:<circle>2u 1:<circle>2v 1:<circle>2w 1:<circle>2x 1:<circle>2y 1:<circle>2z 1:<circle>30 1:<circle>31 1:<circle>32
1:<circle>33 1:<circle>34 1:<circle>35 1:<circle>36 1:<circle>37 1:<circle>38 1:<circle>39 1:<circle>3a 1:<circle>3b
1:<circle>3c 1:<circle>3d 1:<circle>3e 1:<circle>1c 10i:<compat>6qz+6qz+6qz+6qz 2w:<compat>1m+1m+1p 1:<compat>1p+1p
1:<compat>1p+1p+1p 2u:8gt+mw bk:<sub>2y 1:<super>2e 6q:<super>8yp 8g:<compat>lal 2c:<compat>vj3 d:<compat>feo
1:<compat>ffs 1:<compat>fg6 1:<compat>fgf 1:<compat>fh5 1:<compat>fid 1:<compat>fik 1:<compat>fj4 1:<compat>fju
1:<compat>g1r 1:<compat>g2t 1:<compat>g2z 1:<compat>g3m 1:<compat>g46 1:<compat>g4r 1:<compat>g68 1:<compat>g6t
1:<compat>g74 1:<compat>gbf 1:<compat>ge1 1:<compat>get 1:<compat>gey 1:<compat>gfs 1:<compat>gg1 1:<compat>ggs
1:<compat>gh5 1:<compat>ghu 1:<compat>gja 1:<compat>gjs 1:<compat>gkj 1:<compat>h5j 1:<compat>h7j 1:<compat>hkb
1:<compat>hky 1:<compat>hl6 1:<compat>hlh 1:<compat>hlz 1:<compat>ho3 1:<compat>i1c 1:<compat>i2o 1:<compat>i60
1:<compat>i6n 1:<compat>i76 1:<compat>i7s 1:<compat>i9a 1:<compat>i9d 1:<compat>ijf 1:<compat>ijp 1:<compat>ik1
1:<compat>ike 1:<compat>inm 1:<compat>inu 1:<compat>inz 1:<compat>ir8 1:<compat>iri 1:<compat>irv 1:<compat>is3
1:<compat>its 1:<compat>iu9 1:<compat>iur 1:<compat>iwz 1:<compat>jd4 1:<compat>jee 1:<compat>jez 1:<compat>jzj
1:<compat>jzo 1:<compat>k1z 1:<compat>k2f 1:<compat>k2s 1:<compat>k3d 1:<compat>k4g 1:<compat>k4l 1:<compat>kc0
1:<compat>kco 1:<compat>kdk 1:<compat>l5s 1:<compat>l7m 1:<compat>l89 1:<compat>l9v 1:<compat>laj 1:<compat>las
1:<compat>laz 1:<compat>lcf 1:<compat>lck 1:<compat>ldg 1:<compat>m7f 1:<compat>mju 1:<compat>mk6 1:<compat>mkb
1:<compat>mkf 1:<compat>mkn 1:<compat>ml5 1:<compat>ml7 1:<compat>mng 1:<compat>mtg 1:<compat>mtl 1:<compat>n30
1:<compat>n3a 1:<compat>n4o 1:<compat>n4v 1:<compat>n54 1:<compat>n5c 1:<compat>n7v 1:<compat>n82 1:<compat>nee
1:<compat>nel 1:<compat>nfy 1:<compat>ngf 1:<compat>nhq 1:<compat>nob 1:<compat>noi 1:<compat>noz 1:<compat>ny2
1:<compat>o1k 1:<compat>o1q 1:<compat>o6s 1:<compat>o97 1:<compat>oah 1:<compat>okz 1:<compat>ooo 1:<compat>p4m
1:<compat>p5d 1:<compat>p6y 1:<compat>p8d 1:<compat>pa9 1:<compat>pak 1:<compat>paq 1:<compat>pbn 1:<compat>pdr
1:<compat>pe1 1:<compat>pnn 1:<compat>pnu 1:<compat>po3 1:<compat>poc 1:<compat>pos 1:<compat>pp7 1:<compat>ppb
1:<compat>pri 1:<compat>prm 1:<compat>prs 1:<compat>qj1 1:<compat>qjv 1:<compat>qww 1:<compat>qx8 1:<compat>qxv
1:<compat>r5q 1:<compat>r63 1:<compat>r82 1:<compat>r9c 1:<compat>rp3 1:<compat>rpi 1:<compat>rpx 1:<compat>rqw
1:<compat>rrx 1:<compat>rxg 1:<compat>rxs 1:<compat>rzn 1:<compat>s6j 1:<compat>s7e 1:<compat>sd7 1:<compat>sds
1:<compat>sdx 1:<compat>sk1 1:<compat>sp5 1:<compat>ssm 1:<compat>sss 1:<compat>ssx 1:<compat>tiv 1:<compat>tj4
1:<compat>tng 1:<compat>trq 1:<compat>trt 1:<compat>tt4 1:<compat>tw1 1:<compat>twe 1:<compat>twi 1:<compat>twp
1:<compat>tzf 1:<compat>u0d 1:<compat>u0j 1:<compat>u0x 1:<compat>u5k 1:<compat>u6z 1:<compat>u73 1:<compat>uc6
1:<compat>uc9 1:<compat>ucs 1:<compat>ujs 1:<compat>ul4 1:<compat>ulb 1:<compat>un9 1:<compat>unj 1:<compat>unm
1:<compat>unw 1:<compat>uoq 1:<compat>uzp 1:<compat>vat 1:<compat>vb3 1:<compat>vc5 1:<compat>vcr 1:<compat>vcz
1:<compat>vd9 1:<compat>vdd 1:<compat>veh 1:<compat>vel 1:<compat>vf2 1:<compat>vf7 1:<compat>vfk 1:<compat>vgb
1:<compat>vgq 1:<compat>vgy 1:<compat>vil 1:<compat>vj0 1:<compat>vj4 17:<wide>w 1i:<compat>9hu 2:<compat>gg1
1:<compat>gg4 1:<compat>gg5 i:9jf+9ll 2:9jh+9ll 2:9jj+9ll 2:9jl+9ll 2:9jn+9ll 2:9jp+9ll 2:9jr+9ll 2:9jt+9ll
2:9jv+9ll 2:9jx+9ll 2:9jz+9ll 2:9k1+9ll 3:9k4+9ll 2:9k6+9ll 2:9k8+9ll 7:9kf+9ll 1:9kf+9lm 2:9ki+9ll 1:9ki+9lm
2:9kl+9ll 1:9kl+9lm 2:9ko+9ll 1:9ko+9lm 2:9kr+9ll 1:9kr+9lm n:9ja+9ll 7:<compat>w+9ll 1:<compat>w+9lm 2:9lp+9ll
1:<vertical>9l4+9l6 d:9m3+9ll 2:9m5+9ll 2:9m7+9ll 2:9m9+9ll 2:9mb+9ll 2:9md+9ll 2:9mf+9ll 2:9mh+9ll 2:9mj+9ll
2:9ml+9ll 2:9mn+9ll 2:9mp+9ll 3:9ms+9ll 2:9mu+9ll 2:9mw+9ll 7:9n3+9ll 1:9n3+9lm 2:9n6+9ll 1:9n6+9lm 2:9n9+9ll
1:9n9+9lm 2:9nc+9ll 1:9nc+9lm 2:9nf+9ll 1:9nf+9lm n:9ly+9ll 3:9nz+9ll 1:9o0+9ll 1:9o1+9ll 1:9o2+9ll 4:9od+9ll
1:<vertical>9mb+9mw 1e:<compat>3cw 1:<compat>3cx 1:<compat>3hm 1:<compat>3cy 1:<compat>3ho 1:<compat>3hp
1:<compat>3cz 1:<compat>3d0 1:<compat>3d1 1:<compat>3hs 1:<compat>3ht 1:<compat>3hu 1:<compat>3hv 1:<compat>3hw
1:<compat>3hx 1:<compat>3dm 1:<compat>3d2 1:<compat>3d3 1:<compat>3d4 1:<compat>3dt 1:<compat>3d5 1:<compat>3d6
1:<compat>3d7 1:<compat>3d8 1:<compat>3d9 1:<compat>3da 1:<compat>3db 1:<compat>3dc 1:<compat>3dd 1:<compat>3de
1:<compat>3fl 1:<compat>3fm 1:<compat>3fn 1:<compat>3fo 1:<compat>3fp 1:<compat>3fq 1:<compat>3fr 1:<compat>3fs
1:<compat>3ft 1:<compat>3fu 1:<compat>3fv 1:<compat>3fw 1:<compat>3fx 1:<compat>3fy 1:<compat>3fz 1:<compat>3g0
1:<compat>3g1 1:<compat>3g2 1:<compat>3g3 1:<compat>3g4 1:<compat>3g5 1:<compat>3fk 1:<compat>3dg 1:<compat>3dh
1:<compat>3if 1:<compat>3ig 1:<compat>3ik 1:<compat>3im 1:<compat>3ir 1:<compat>3iv 1:<compat>3ix 1:<compat>3do
1:<compat>3j1 1:<compat>3j3 1:<compat>3dp 1:<compat>3dq 1:<compat>3ds 1:<compat>3du 1:<compat>3dv 1:<compat>3dz
1:<compat>3e1 1:<compat>3e3 1:<compat>3e4 1:<compat>3e5 1:<compat>3e6 1:<compat>3e7 1:<compat>3ea 1:<compat>3ee
1:<compat>3eo 1:<compat>3ev 1:<compat>3f0 1:<compat>3jl 1:<compat>3jm 1:<compat>3fb 1:<compat>3fc 1:<compat>3fd
1:<compat>3gk 1:<compat>3gl 1:<compat>3go 1:<compat>3gx 1:<compat>3gy 1:<compat>3h0 1:<compat>3ha 1:<compat>3hd
4:<super>feo 1:<super>fik 1:<super>fex 1:<super>h5n 1:<super>fey 1:<super>ffx 1:<super>fez 1:<super>n5e 1:<super>fh5
1:<super>ffd 1:<super>fep 1:<super>hm1 1:<super>h80 1:<super>fju 2p:<compat>14+3cw+15 1:<compat>14+3cy+15
1:<compat>14+3cz+15 1:<compat>14+3d1+15 1:<compat>14+3d2+15 1:<compat>14+3d3+15 1:<compat>14+3d5+15
1:<compat>14+3d7+15 1:<compat>14+3d8+15 1:<compat>14+3da+15 1:<compat>14+3db+15 1:<compat>14+3dc+15
1:<compat>14+3dd+15 1:<compat>14+3de+15 1:<compat>14+3cw+3fl+15 1:<compat>14+3cy+3fl+15 1:<compat>14+3cz+3fl+15
1:<compat>14+3d1+3fl+15 1:<compat>14+3d2+3fl+15 1:<compat>14+3d3+3fl+15 1:<compat>14+3d5+3fl+15
1:<compat>14+3d7+3fl+15 1:<compat>14+3d8+3fl+15 1:<compat>14+3da+3fl+15 1:<compat>14+3db+3fl+15
1:<compat>14+3dc+3fl+15 1:<compat>14+3dd+3fl+15 1:<compat>14+3de+3fl+15 1:<compat>14+3d8+3fy+15
1:<compat>14+3d7+3ft+3d8+3fp+3hn+15 1:<compat>14+3d7+3ft+3de+3fy+15 2:<compat>14+feo+15 1:<compat>14+fik+15
1:<compat>14+fex+15 1:<compat>14+h5n+15 1:<compat>14+fis+15 1:<compat>14+g31+15 1:<compat>14+fer+15
1:<compat>14+g2z+15 1:<compat>14+fh9+15 1:<compat>14+gg1+15 1:<compat>14+kco+15 1:<compat>14+m7f+15
1:<compat>14+ldg+15 1:<compat>14+kdk+15 1:<compat>14+ssx+15 1:<compat>14+h7j+15 1:<compat>14+k4l+15
1:<compat>14+kkq+15 1:<compat>14+kcp+15 1:<compat>14+ny6+15 1:<compat>14+glp+15 1:<compat>14+mm1+15
1:<compat>14+rs1+15 1:<compat>14+nz1+15 1:<compat>14+gc4+15 1:<compat>14+fkz+15 1:<compat>14+gos+15
1:<compat>14+i1y+15 1:<compat>14+nhf+15 1:<compat>14+flt+15 1:<compat>14+rt3+15 1:<compat>14+ggk+15
1:<compat>14+nzh+15 1:<compat>14+fm9+15 1:<compat>14+pnu+15 1:<compat>14+po3+15 1:<circle>gun 1:<circle>inw
1:<circle>k1z 1:<circle>oen 9:<square>28+2c+1x 1:<circle>1e+1d 1:<circle>1e+1e 1:<circle>1e+1f 1:<circle>1e+1g
1:<circle>1e+1h 1:<circle>1e+1i 1:<circle>1e+1j 1:<circle>1e+1k 1:<circle>1e+1l 1:<circle>1f+1c 1:<circle>1f+1d
1:<circle>1f+1e 1:<circle>1f+1f 1:<circle>1f+1g 1:<circle>1f+1h 1:<circle>3cw 1:<circle>3cy 1:<circle>3cz
1:<circle>3d1 1:<circle>3d2 1:<circle>3d3 1:<circle>3d5 1:<circle>3d7 1:<circle>3d8 1:<circle>3da 1:<circle>3db
1:<circle>3dc 1:<circle>3dd 1:<circle>3de 1:<circle>3cw+3fl 1:<circle>3cy+3fl 1:<circle>3cz+3fl 1:<circle>3d1+3fl
1:<circle>3d2+3fl 1:<circle>3d3+3fl 1:<circle>3d5+3fl 1:<circle>3d7+3fl 1:<circle>3d8+3fl 1:<circle>3da+3fl
1:<circle>3db+3fl 1:<circle>3dc+3fl 1:<circle>3dd+3fl 1:<circle>3de+3fl 1:<circle>3da+3fl+3hz+3cw+3ft
1:<circle>3d8+3fy+3d7+3g4 1:<circle>3d7+3fy 2:<circle>feo 1:<circle>fik 1:<circle>fex 1:<circle>h5n 1:<circle>fis
1:<circle>g31 1:<circle>fer 1:<circle>g2z 1:<circle>fh9 1:<circle>gg1 1:<circle>kco 1:<circle>m7f 1:<circle>ldg
1:<circle>kdk 1:<circle>ssx 1:<circle>h7j 1:<circle>k4l 1:<circle>kkq 1:<circle>kcp 1:<circle>ny6 1:<circle>glp
1:<circle>mm1 1:<circle>rs1 1:<circle>nz1 1:<circle>gc4 1:<circle>o2g 1:<circle>n5j 1:<circle>ho3 1:<circle>six
1:<circle>g16 1:<circle>ghc 1:<circle>lig 1:<circle>u11 1:<circle>fm9 1:<circle>g49 1:<circle>l7n 1:<circle>fey
1:<circle>ffx 1:<circle>fez 1:<circle>ijq 1:<circle>gkz 1:<circle>gfv 1:<circle>i3b 1:<circle>i1y 1:<circle>nhf
1:<circle>flt 1:<circle>rt3 1:<circle>ggk 1:<circle>hlo 1:<circle>1f+1i 1:<circle>1f+1j 1:<circle>1f+1k
1:<circle>1f+1l 1:<circle>1g+1c 1:<circle>1g+1d 1:<circle>1g+1e 1:<circle>1g+1f 1:<circle>1g+1g 1:<circle>1g+1h
1:<circle>1g+1i 1:<circle>1g+1j 1:<circle>1g+1k 1:<circle>1g+1l 1:<circle>1h+1c 1:<compat>1d+kco 1:<compat>1e+kco
1:<compat>1f+kco 1:<compat>1g+kco 1:<compat>1h+kco 1:<compat>1i+kco 1:<compat>1j+kco 1:<compat>1k+kco
1:<compat>1l+kco 1:<compat>1d+1c+kco 1:<compat>1d+1d+kco 1:<compat>1d+1e+kco 1:<square>20+2v 1:<square>2t+36+2v
1:<square>2t+2e 1:<square>24+2c+1w 1:<circle>9lu 1:<circle>9lw 1:<circle>9ly 1:<circle>9m0 1:<circle>9m2
1:<circle>9m3 1:<circle>9m5 1:<circle>9m7 1:<circle>9m9 1:<circle>9mb 1:<circle>9md 1:<circle>9mf 1:<circle>9mh
1:<circle>9mj 1:<circle>9ml 1:<circle>9mn 1:<circle>9mp 1:<circle>9ms 1:<circle>9mu 1:<circle>9mw 1:<circle>9my
1:<circle>9mz 1:<circle>9n0 1:<circle>9n1 1:<circle>9n2 1:<circle>9n3 1:<circle>9n6 1:<circle>9n9 1:<circle>9nc
1:<circle>9nf 1:<circle>9ni 1:<circle>9nj 1:<circle>9nk 1:<circle>9nl 1:<circle>9nm 1:<circle>9no 1:<circle>9nq
1:<circle>9ns 1:<circle>9nt 1:<circle>9nu 1:<circle>9nv 1:<circle>9nw 1:<circle>9nx 1:<circle>9nz 1:<circle>9o0
1:<circle>9o1 1:<circle>9o2 1:<square>fl0+gp8 1:<square>9lu+9n5+9oc+9mw 1:<square>9lu+9nv+9n9+9lt
1:<square>9lu+9o3+9ne+9lu 1:<square>9lu+9oc+9nv 1:<square>9lw+9mz+9o3+9m8 1:<square>9lw+9o3+9mp
1:<square>9ly+9m1+9o3 1:<square>9m0+9mh+9m7+9oc+9mx 1:<square>9m0+9oc+9m3+9oc 1:<square>9m2+9o3+9mh
1:<square>9m2+9oc+9nk 1:<square>9m3+9lw+9nu 1:<square>9m3+9nt+9mr+9mw 1:<square>9m3+9nx+9nu+9oc
1:<square>9m4+9nx+9o3 1:<square>9m4+9o3+9ni 1:<square>9m6+9m4 1:<square>9m6+9mz+9oc 1:<square>9m5+9np+9nu+9oc
1:<square>9m6+9nv+9mo+9oc 1:<square>9m5+9nx 1:<square>9m5+9nx+9m8+9nt+9nk 1:<square>9m5+9nx+9nl+9oc+9mw+9nv
1:<square>9m5+9nx+9nz+9mr+9mw 1:<square>9m8+9nt+9nk 1:<square>9m8+9nt+9nk+9mw+9o3 1:<square>9m7+9nv+9mk+9lw+9nx
1:<square>9m7+9nx+9oc+9n1 1:<square>9m9+9oc+9mh 1:<square>9mb+9nv+9my 1:<square>9mb+9oc+9nh
1:<square>9md+9lw+9m7+9nv 1:<square>9md+9o3+9mp+9oc+9nk 1:<square>9mf+9nu+9o3+9m8 1:<square>9mj+9o3+9mp
1:<square>9mj+9o3+9mw 1:<square>9mo+9oc+9mh 1:<square>9mv+9mf 1:<square>9mx+9nv 1:<square>9mw+9o3 1:<square>9my+9n2
1:<square>9n2+9mr+9mw 1:<square>9n3+9lw+9ms 1:<square>9n5+9oc+9mj+9o3+9mw 1:<square>9n5+9oc+9ms
1:<square>9n4+9oc+9nw+9nv 1:<square>9n8+9lu+9mh+9mw+9nv 1:<square>9n8+9m7+9nv 1:<square>9n8+9mb 1:<square>9n7+9nv
1:<square>9n9+9lt+9nt+9mr+9mx 1:<square>9n9+9lv+9oc+9mw 1:<square>9na+9mr+9mf+9lz+9nv 1:<square>9n9+9nt+9o3
1:<square>9nc+9m7+9mn+9oc+9nv 1:<square>9ne+9ml 1:<square>9ne+9mz+9n6 1:<square>9nc+9nv+9ms 1:<square>9ne+9o3+9mh
1:<square>9ne+9oc+9mg 1:<square>9nd+9oc+9mn 1:<square>9nh+9lw+9o3+9mw 1:<square>9ng+9nv+9mw 1:<square>9nf+9o3
1:<square>9nh+9o3+9mx 1:<square>9nf+9oc+9nv 1:<square>9nf+9oc+9o3 1:<square>9ni+9lw+9m7+9nx 1:<square>9ni+9lw+9nv
1:<square>9ni+9mr+9n3 1:<square>9ni+9nv+9m7 1:<square>9ni+9o3+9mf+9nr+9o3 1:<square>9nj+9m7+9nx+9o3
1:<square>9nj+9nu 1:<square>9nj+9nu+9n4+9oc+9nv 1:<square>9nl+9m4 1:<square>9nl+9m4+9mw+9o3
1:<square>9nl+9oc+9mw+9nv 1:<square>9no+9oc+9mx 1:<square>9no+9oc+9nv 1:<square>9nq+9lu+9o3
1:<square>9nu+9mr+9mw+9nv 1:<square>9nu+9nt 1:<square>9nv+9n8+9oc 1:<square>9nv+9oc+9na+9nv 1:<square>9nw+9nk
1:<square>9nw+9o3+9mw+9ma+9o3 1:<square>9nz+9mr+9mw 1:<compat>1c+m9l 1:<compat>1d+m9l 1:<compat>1e+m9l
1:<compat>1f+m9l 1:<compat>1g+m9l 1:<compat>1h+m9l 1:<compat>1i+m9l 1:<compat>1j+m9l 1:<compat>1k+m9l
1:<compat>1l+m9l 1:<compat>1d+1c+m9l 1:<compat>1d+1d+m9l 1:<compat>1d+1e+m9l 1:<compat>1d+1f+m9l 1:<compat>1d+1g+m9l
1:<compat>1d+1h+m9l 1:<compat>1d+1i+m9l 1:<compat>1d+1j+m9l 1:<compat>1d+1k+m9l 1:<compat>1d+1l+m9l
1:<compat>1e+1c+m9l 1:<compat>1e+1d+m9l 1:<compat>1e+1e+m9l 1:<compat>1e+1f+m9l 1:<compat>1e+1g+m9l
1:<square>2w+28+2p 1:<square>2s+2p 1:<square>1t+2d 1:<square>2q+2p+36 1:<square>33+2e 1:<square>34+2r
1:<square>2s+31 1:<square>2s+31+4y 1:<square>2s+31+4z 1:<square>21+2d 1:<square>inn+jdc 1:<square>k6l+gp8
1:<square>hlz+l7n 1:<square>k5q+lh7 1:<square>kkq+irz+fmi+ny6 1:<square>34+1t 1:<square>32+1t 1:<square>qk+1t
1:<square>31+1t 1:<square>2z+1t 1:<square>23+1u 1:<square>25+1u 1:<square>1z+1u 1:<square>2r+2p+30
1:<square>2z+2r+2p+30 1:<square>34+1y 1:<square>32+1y 1:<square>qk+1y 1:<square>qk+2v 1:<square>31+2v
1:<square>2z+2v 1:<square>20+3e 1:<square>2z+20+3e 1:<square>25+20+3e 1:<square>1z+20+3e 1:<square>2c+20+3e
1:<square>qk+6j7 1:<square>31+6j7 1:<square>2s+6j7 1:<square>2z+6j7 1:<square>2u+31 1:<square>32+31 1:<square>qk+31
1:<square>31+31 1:<square>2r+31 1:<square>2z+31 1:<square>31+31+4y 1:<square>2r+31+4y 1:<square>31+4y
1:<square>2z+31+4y 1:<square>31+31+4z 1:<square>2r+31+4z 1:<square>31+4z 1:<square>2z+31+4z 1:<square>31+6qd+37
1:<square>31+6qd+37+4y 1:<square>28+2p 1:<square>2z+28+2p 1:<square>25+28+2p 1:<square>1z+28+2p 1:<square>36+2p+2s
1:<square>36+2p+2s+6qd+37 1:<square>36+2p+2s+6qd+37+4y 1:<square>34+37 1:<square>32+37 1:<square>qk+37
1:<square>31+37 1:<square>34+2e 1:<square>32+2e 1:<square>qk+2e 1:<square>31+2e 1:<square>2z+2e 1:<square>25+2e
1:<square>34+2f 1:<square>32+2f 1:<square>qk+2f 1:<square>31+2f 1:<square>2z+2f 1:<square>25+2f 1:<square>2z+q1
1:<square>25+q1 1:<square>2p+1a+31+1a 1:<square>1u+35 1:<square>2r+2r 1:<square>2r+2s 1:<square>1v+6qd+2z+2v
1:<square>1v+33+1a 1:<square>2s+1u 1:<square>1z+3d 1:<square>2w+2p 1:<square>20+28 1:<square>2x+32 1:<square>23+23
1:<square>23+25 1:<square>2z+38 1:<square>30+31 1:<square>30+32 1:<square>30+33+2v 1:<square>30+3c 1:<square>31+2q
1:<square>31+2x+30 1:<square>31+33+30 1:<square>28+20 1:<square>34+1a+31+1a 1:<square>28+28+25 1:<square>28+2a
1:<square>37+36 1:<square>2b+3a 1:<square>2f+2q 1:<square>2e+6qd+31 1:<square>1t+6qd+31 1:<compat>1d+k4l
1:<compat>1e+k4l 1:<compat>1f+k4l 1:<compat>1g+k4l 1:<compat>1h+k4l 1:<compat>1i+k4l 1:<compat>1j+k4l
1:<compat>1k+k4l 1:<compat>1l+k4l 1:<compat>1d+1c+k4l 1:<compat>1d+1d+k4l 1:<compat>1d+1e+k4l 1:<compat>1d+1f+k4l
1:<compat>1d+1g+k4l 1:<compat>1d+1h+k4l 1:<compat>1d+1i+k4l 1:<compat>1d+1j+k4l 1:<compat>1d+1k+k4l
1:<compat>1d+1l+k4l 1:<compat>1e+1c+k4l 1:<compat>1e+1d+k4l 1:<compat>1e+1e+k4l 1:<compat>1e+1f+k4l
1:<compat>1e+1g+k4l 1:<compat>1e+1h+k4l 1:<compat>1e+1i+k4l 1:<compat>1e+1j+k4l 1:<compat>1e+1k+k4l
1:<compat>1e+1l+k4l 1:<compat>1f+1c+k4l 1:<compat>1f+1d+k4l 1:<square>2v+2p+30 mn1:<super>ui 1:<super>uk
5v:<super>x2n 3m:<super>1v 1:<super>1y 1:<super>29 4:<super>86 1:<super>9f o3:<super>x0n 1:<super>xtj 1:<super>h7
1:<super>xua a:<super>i5 fbr:rpk 1:kc4 1:s7e 1:rt4 1:lw1 1:fg2 1:gkl 1:vj0 1:vj0 1:hn5 1:ssx 1:gw7 1:hmw 1:jcm 1:ne1
1:p6t 1:qin 1:qt6 1:r20 1:sjz 1:kxu 1:ljv 1:mah 1:mvy 1:q4d 1:sq2 1:uep 1:fia 1:ghh 1:l50 1:mjf 1:qi5 1:v8e 1:ifk
1:m3v 1:qfh 1:r50 1:jih 1:pnc 1:qvz 1:iq2 1:kd3 1:lm2 1:mpo 1:slq 1:fpi 1:g53 1:gda 1:jwk 1:l3n 1:mj4 1:nhj 1:pa9
1:qh2 1:qjg 1:s1b 1:tv6 1:upb 1:v7e 1:nt8 1:nzz 1:otc 1:q15 1:t1g 1:vb3 1:rfa 1:hjz 1:iro 1:okg 1:pdq 1:mle 1:nuy
1:rsy 1:ttj 1:hjs 1:i8y 1:kyb 1:lp6 1:lxr 1:oq7 1:oxj 1:tor 1:gcy 1:pe3 1:g64 1:g5o 1:o4c 1:ou6 1:q29 1:tpx 1:rk0
1:jin 1:kxu 1:rge 1:fg9 1:i5j 1:iz6 1:mtj 1:n74 1:gev 1:nwb 1:fr3 1:iw9 1:ff1 1:lho 1:k1k 1:opu 1:gjn 1:hge 1:ni9
1:q4p 1:re2 1:la2 1:sds 1:lfs 1:jjy 1:put 1:jog 1:n6t 1:fji 1:g2x 1:g5l 1:kn5 1:oo7 1:prj 1:rf6 1:ssv 1:gdx 1:gn6
1:ho3 1:ir0 1:k3p 1:m4e 1:nxm 1:tkd 1:ui2 1:vbr 1:vda 1:gbf 1:kau 1:l87 1:sbm 1:ino 1:j9s 1:jcw 1:jve 1:lyb 1:mdl
1:n0p 1:o22 1:ovo 1:pdb 1:s9y 1:q9a 1:sgz 1:t3e 1:g7r 1:gbn 1:gql 1:ma0 1:r0i 1:re2 1:iq1 1:iyd 1:jnf 1:l9q 1:oji
1:mt1 1:fl0 1:h6h 1:i5j 1:iii 1:izg 1:muq 1:mzt 1:p7e 1:pc6 1:svo 1:tti 1:tvs 1:u1k 1:fpn 1:o1a 1:ss4 1:trs 1:j4x
1:fie 1:fyy 1:i5q 1:i7z 1:k2h 1:kxu 1:mha 1:ncy 1:q9o 1:sjg 1:vil 1:k94 1:tny 1:gax 1:kfv 1:kj7 1:lkx 1:luk 1:mx5
1:n6h 1:nsb 1:opc 1:u3i 1:g31 1:je6 1:tq0 1:fu3 1:ie1 1:lpm 1:sa2 1:ivf 1:j7o 1:kk7 1:mtj 1:tqe 1:g89 1:glr 1:i91
1:k5v 1:kem 1:ko8 1:lid 1:mx2 1:naa 1:p6h 1:r0v 1:r1d 1:sss 1:tsy 1:gfz 1:lve 1:gm5 1:mhc 1:n14 1:qgq 1:tr7 1:uvr
1:vbz 1:kgn 1:lor 1:pns 1:o97 1:obk 1:olu 1:mo0 1:m8p 1:riw 1:fk0 1:px2 1:g8q 1:g7b 1:ip2 1:jir 1:onq 1:i2t 1:ljy
1:kac 1:saj 1:qx8 1:tot 1:r63 1:iqb 1:g1s 1:gxs 3:hga 2:k8k 3:g66 1:mqy 1:ngq 1:ny4 1:nz2 1:nz9 1:o0f 1:tw6 1:on2
1:p8d 2:qhe 2:rg8 3:shk 1:sn1 4:u7j 1:u7w 1:u94 1:v5g 1:sm6 1:trr 1:fqm 1:fzb 1:g25 1:gcp 1:gdg 1:ggh 1:gwt 1:gzq
1:h2g 1:hfk 1:hig 1:i90 1:i9a 1:j2s 1:j8o 1:j9q 1:jci 1:k0f 1:k4i 1:k9d 1:kn9 1:lmf 1:lqy 1:lya 1:mem 1:mjv 1:mxu
1:ntd 1:ny6 1:nyh 1:nyg 1:nyo 1:nyu 1:nz1 1:o0d 1:o0e 1:o5c 1:o75 1:og0 1:ovo 1:ow9 1:oxt 1:p6a 1:pad 1:pnx 1:prt
1:prt 1:q53 1:r2o 1:r6e 1:rgh 1:ri1 1:rtf 1:ruw 1:sdy 1:shk 1:tsz 1:u0v 1:u2j 1:j1x 1:36cu 1:pp4 3:ffq 1:g51 1:g2w
1:fpc 1:g1x 1:g3k 1:gcn 1:ge2 1:gwt 1:gut 1:gwp 1:gyq 1:hga 1:hir 1:hms 1:hn8 1:huq 1:i08 1:iqa 1:iqh 1:iuh 1:iwd
1:j4o 1:j7y 1:j60 1:j9q 1:j8g 1:jci 1:jec 1:jpg 1:jrw 1:jte 1:k0m 1:k8k 1:kd3 1:kd7 1:keu 1:l89 1:la2 1:lkx 1:lwb
1:lvv 1:lya 1:m5a 1:mem 1:nmv 1:mk5 1:mnj 1:mqy 1:n01 1:n46 1:n5n 1:nbx 1:nbz 1:ngq 1:nh7 1:nhw 1:nka 1:nk0 1:nv0
1:o8h 1:og0 1:ol7 1:orf 1:ovo 1:p4u 1:pad 1:pxu 1:q27 1:qrd 1:r41 1:r5y 1:r6e 1:ren 1:rg8 1:rez 1:rgh 1:rge 1:rfx
1:ri1 1:rka 1:ruw 1:sag 1:sj6 1:srd 1:sxi 1:tq4 1:tsz 1:tw6 1:tzv 1:u0v 1:u17 1:u2j 1:umq 1:vj0 1:313e 1:3138 1:33dh
1:brx 1:cns 1:cop 1:39e1 1:3bgw 1:3i6r 1:vgj 1:vim 13:<compat>2u+2u 1:<compat>2u+2x 1:<compat>2u+30
1:<compat>2u+2u+2x 1:<compat>2u+2u+30 1:<compat>an+38 1:<compat>37+38 d:<compat>12s+12u 1:<compat>12s+12d
1:<compat>12s+12j 1:<compat>132+12u 1:<compat>12s+12l 6:15l+14k 2:16a+14n 1:<font>15u 1:<font>15c 1:<font>15f
1:<font>15g 1:<font>15n 1:<font>15o 1:<font>15p 1:<font>160 1:<font>162 1:<font>17 1:161+14x 1:161+14y 1:1dmx+14x
1:1dmx+14y 1:15c+14n 1:15c+14o 1:15c+14s 1:15d+14s 1:15e+14s 1:15f+14s 1:15g+14s 1:15h+14s 1:15i+14s 2:15k+14s
1:15l+14s 1:15m+14s 1:15n+14s 1:15o+14s 2:15q+14s 2:15s+14s 1:15t+14s 2:15v+14s 1:15w+14s 2:15y+14s 1:15z+14s
1:160+14s 1:161+14s 1:162+14s 1:15h+14p 1:15d+14v 1:15n+14v 1:15w+14v 1:<compat>15c+15o 1:<isolated>19t 1:<final>19t
1:<isolated>1a3 1:<final>1a3 1:<initial>1a3 1:<medial>1a3 1:<isolated>1a6 1:<final>1a6 1:<initial>1a6 1:<medial>1a6
1:<isolated>1a8 1:<final>1a8 1:<initial>1a8 1:<medial>1a8 1:<isolated>1a2 1:<final>1a2 1:<initial>1a2 1:<medial>1a2
1:<isolated>1a7 1:<final>1a7 1:<initial>1a7 1:<medial>1a7 1:<isolated>1a1 1:<final>1a1 1:<initial>1a1 1:<medial>1a1
1:<isolated>1b8 1:<final>1b8 1:<initial>1b8 1:<medial>1b8 1:<isolated>1ba 1:<final>1ba 1:<initial>1ba 1:<medial>1ba
1:<isolated>1ac 1:<final>1ac 1:<initial>1ac 1:<medial>1ac 1:<isolated>1ab 1:<final>1ab 1:<initial>1ab 1:<medial>1ab
1:<isolated>1ae 1:<final>1ae 1:<initial>1ae 1:<medial>1ae 1:<isolated>1af 1:<final>1af 1:<initial>1af 1:<medial>1af
1:<isolated>1al 1:<final>1al 1:<isolated>1ak 1:<final>1ak 1:<isolated>1am 1:<final>1am 1:<isolated>1ag 1:<final>1ag
1:<isolated>1aw 1:<final>1aw 1:<isolated>1ap 1:<final>1ap 1:<isolated>1bd 1:<final>1bd 1:<initial>1bd 1:<medial>1bd
1:<isolated>1bj 1:<final>1bj 1:<initial>1bj 1:<medial>1bj 1:<isolated>1bn 1:<final>1bn 1:<initial>1bn 1:<medial>1bn
1:<isolated>1bl 1:<final>1bl 1:<initial>1bl 1:<medial>1bl 1:<isolated>1bu 1:<final>1bu 1:<isolated>1bv 1:<final>1bv
1:<initial>1bv 1:<medial>1bv 1:<isolated>1c0 1:<final>1c0 1:<isolated>1c1 1:<final>1c1 1:<initial>1c1 1:<medial>1c1
1:<isolated>1by 1:<final>1by 1:<initial>1by 1:<medial>1by 1:<isolated>1ci 1:<final>1ci 1:<isolated>1cj 1:<final>1cj
y:<isolated>1bh 1:<final>1bh 1:<initial>1bh 1:<medial>1bh 1:<isolated>1c7 1:<final>1c7 1:<isolated>1c6 1:<final>1c6
1:<isolated>1c8 1:<final>1c8 1:<isolated>19z 1:<isolated>1cb 1:<final>1cb 1:<isolated>1c5 1:<final>1c5
1:<isolated>1c9 1:<final>1c9 1:<isolated>1cg 1:<final>1cg 1:<initial>1cg 1:<medial>1cg 1:<initial>18p 1:<medial>18p
1:<isolated>17q+17r 1:<final>17q+17r 1:<isolated>17q+1cl 1:<final>17q+1cl 1:<isolated>17q+18o 1:<final>17q+18o
1:<isolated>17q+1c7 1:<final>17q+1c7 1:<isolated>17q+1c6 1:<final>17q+1c6 1:<isolated>17q+1c8 1:<final>17q+1c8
1:<isolated>17q+1cg 1:<final>17q+1cg 1:<initial>17q+1cg 1:<isolated>17q+18p 1:<final>17q+18p 1:<initial>17q+18p
1:<isolated>1cc 1:<final>1cc 1:<initial>1cc 1:<medial>1cc 1:<isolated>17q+17w 1:<isolated>17q+17x
1:<isolated>17q+18l 1:<isolated>17q+18p 1:<isolated>17q+18q 1:<isolated>17s+17w 1:<isolated>17s+17x
1:<isolated>17s+17y 1:<isolated>17s+18l 1:<isolated>17s+18p 1:<isolated>17s+18q 1:<isolated>17u+17w
1:<isolated>17u+17x 1:<isolated>17u+17y 1:<isolated>17u+18l 1:<isolated>17u+18p 1:<isolated>17u+18q
1:<isolated>17v+17w 1:<isolated>17v+18l 1:<isolated>17v+18p 1:<isolated>17v+18q 1:<isolated>17w+17x
1:<isolated>17w+18l 1:<isolated>17x+17w 1:<isolated>17x+18l 1:<isolated>17y+17w 1:<isolated>17y+17x
1:<isolated>17y+18l 1:<isolated>183+17w 1:<isolated>183+17x 1:<isolated>183+17y 1:<isolated>183+18l
1:<isolated>185+17x 1:<isolated>185+18l 1:<isolated>186+17w 1:<isolated>186+17x 1:<isolated>186+17y
1:<isolated>186+18l 1:<isolated>187+17x 1:<isolated>187+18l 1:<isolated>188+18l 1:<isolated>189+17w
1:<isolated>189+18l 1:<isolated>18a+17w 1:<isolated>18a+18l 1:<isolated>18h+17w 1:<isolated>18h+17x
1:<isolated>18h+17y 1:<isolated>18h+18l 1:<isolated>18h+18p 1:<isolated>18h+18q 1:<isolated>18i+17x
1:<isolated>18i+18l 1:<isolated>18i+18p 1:<isolated>18i+18q 1:<isolated>18j+17r 1:<isolated>18j+17w
1:<isolated>18j+17x 1:<isolated>18j+17y 1:<isolated>18j+18k 1:<isolated>18j+18l 1:<isolated>18j+18p
1:<isolated>18j+18q 1:<isolated>18k+17w 1:<isolated>18k+17x 1:<isolated>18k+17y 1:<isolated>18k+18l
1:<isolated>18k+18p 1:<isolated>18k+18q 1:<isolated>18l+17w 1:<isolated>18l+17x 1:<isolated>18l+17y
1:<isolated>18l+18l 1:<isolated>18l+18p 1:<isolated>18l+18q 1:<isolated>18m+17w 1:<isolated>18m+17x
1:<isolated>18m+17y 1:<isolated>18m+18l 1:<isolated>18m+18p 1:<isolated>18m+18q 1:<isolated>18n+17w
1:<isolated>18n+18l 1:<isolated>18n+18p 1:<isolated>18n+18q 1:<isolated>18q+17w 1:<isolated>18q+17x
1:<isolated>18q+17y 1:<isolated>18q+18l 1:<isolated>18q+18p 1:<isolated>18q+18q 1:<isolated>180+19s
1:<isolated>181+19s 1:<isolated>18p+19s 1:<isolated>w+18s+18x 1:<isolated>w+18t+18x 1:<isolated>w+18u+18x
1:<isolated>w+18v+18x 1:<isolated>w+18w+18x 1:<isolated>w+18x+19s 1:<final>17q+181 1:<final>17q+182 1:<final>17q+18l
1:<final>17q+18m 1:<final>17q+18p 1:<final>17q+18q 1:<final>17s+181 1:<final>17s+182 1:<final>17s+18l
1:<final>17s+18m 1:<final>17s+18p 1:<final>17s+18q 1:<final>17u+181 1:<final>17u+182 1:<final>17u+18l
1:<final>17u+18m 1:<final>17u+18p 1:<final>17u+18q 1:<final>17v+181 1:<final>17v+182 1:<final>17v+18l
1:<final>17v+18m 1:<final>17v+18p 1:<final>17v+18q 1:<final>18h+18p 1:<final>18h+18q 1:<final>18i+18p
1:<final>18i+18q 1:<final>18j+17r 1:<final>18j+18k 1:<final>18j+18l 1:<final>18j+18p 1:<final>18j+18q
1:<final>18k+18l 1:<final>18k+18p 1:<final>18k+18q 1:<final>18l+17r 1:<final>18l+18l 1:<final>18m+181
1:<final>18m+182 1:<final>18m+18l 1:<final>18m+18m 1:<final>18m+18p 1:<final>18m+18q 1:<final>18p+19s
1:<final>18q+181 1:<final>18q+182 1:<final>18q+18l 1:<final>18q+18m 1:<final>18q+18p 1:<final>18q+18q
1:<initial>17q+17w 1:<initial>17q+17x 1:<initial>17q+17y 1:<initial>17q+18l 1:<initial>17q+18n 1:<initial>17s+17w
1:<initial>17s+17x 1:<initial>17s+17y 1:<initial>17s+18l 1:<initial>17s+18n 1:<initial>17u+17w 1:<initial>17u+17x
1:<initial>17u+17y 1:<initial>17u+18l 1:<initial>17u+18n 1:<initial>17v+18l 1:<initial>17w+17x 1:<initial>17w+18l
1:<initial>17x+17w 1:<initial>17x+18l 1:<initial>17y+17w 1:<initial>17y+18l 1:<initial>183+17w 1:<initial>183+17x
1:<initial>183+17y 1:<initial>183+18l 1:<initial>185+17x 1:<initial>185+17y 1:<initial>185+18l 1:<initial>186+17w
1:<initial>186+17x 1:<initial>186+17y 1:<initial>186+18l 1:<initial>187+17x 1:<initial>188+18l 1:<initial>189+17w
1:<initial>189+18l 1:<initial>18a+17w 1:<initial>18a+18l 1:<initial>18h+17w 1:<initial>18h+17x 1:<initial>18h+17y
1:<initial>18h+18l 1:<initial>18i+17x 1:<initial>18i+18l 1:<initial>18j+17w 1:<initial>18j+17x 1:<initial>18j+17y
1:<initial>18j+18k 1:<initial>18j+18l 1:<initial>18k+17w 1:<initial>18k+17x 1:<initial>18k+17y 1:<initial>18k+18l
1:<initial>18k+18n 1:<initial>18l+17w 1:<initial>18l+17x 1:<initial>18l+17y 1:<initial>18l+18l 1:<initial>18m+17w
1:<initial>18m+17x 1:<initial>18m+17y 1:<initial>18m+18l 1:<initial>18m+18n 1:<initial>18n+17w 1:<initial>18n+18l
1:<initial>18n+19s 1:<initial>18q+17w 1:<initial>18q+17x 1:<initial>18q+17y 1:<initial>18q+18l 1:<initial>18q+18n
1:<medial>17q+18l 1:<medial>17q+18n 1:<medial>17s+18l 1:<medial>17s+18n 1:<medial>17u+18l 1:<medial>17u+18n
1:<medial>17v+18l 1:<medial>17v+18n 1:<medial>183+18l 1:<medial>183+18n 1:<medial>184+18l 1:<medial>184+18n
1:<medial>18j+18k 1:<medial>18j+18l 1:<medial>18k+18l 1:<medial>18m+18l 1:<medial>18m+18n 1:<medial>18q+18l
1:<medial>18q+18n 1:<medial>18g+18u+18x 1:<medial>18g+18v+18x 1:<medial>18g+18w+18x 1:<isolated>187+18p
1:<isolated>187+18q 1:<isolated>189+18p 1:<isolated>189+18q 1:<isolated>18a+18p 1:<isolated>18a+18q
1:<isolated>183+18p 1:<isolated>183+18q 1:<isolated>184+18p 1:<isolated>184+18q 1:<isolated>17x+18p
1:<isolated>17x+18q 1:<isolated>17w+18p 1:<isolated>17w+18q 1:<isolated>17y+18p 1:<isolated>17y+18q
1:<isolated>185+18p 1:<isolated>185+18q 1:<isolated>186+18p 1:<isolated>186+18q 1:<isolated>184+17w
1:<isolated>184+17x 1:<isolated>184+17y 1:<isolated>184+18l 1:<isolated>184+181 1:<isolated>183+181
1:<isolated>185+181 1:<isolated>186+181 1:<final>187+18p 1:<final>187+18q 1:<final>189+18p 1:<final>189+18q
1:<final>18a+18p 1:<final>18a+18q 1:<final>183+18p 1:<final>183+18q 1:<final>184+18p 1:<final>184+18q
1:<final>17x+18p 1:<final>17x+18q 1:<final>17w+18p 1:<final>17w+18q 1:<final>17y+18p 1:<final>17y+18q
1:<final>185+18p 1:<final>185+18q 1:<final>186+18p 1:<final>186+18q 1:<final>184+17w 1:<final>184+17x
1:<final>184+17y 1:<final>184+18l 1:<final>184+181 1:<final>183+181 1:<final>185+181 1:<final>186+181
1:<initial>184+17w 1:<initial>184+17x 1:<initial>184+17y 1:<initial>184+18l 1:<initial>183+18n 1:<initial>184+18n
1:<initial>187+18l 1:<medial>183+17w 1:<medial>183+17x 1:<medial>183+17y 1:<medial>184+17w 1:<medial>184+17x
1:<medial>184+17y 1:<medial>187+18l 1:<medial>188+18l 1:<final>17r+18r 1:<isolated>17r+18r j:<initial>17u+17w+18l
1:<final>17u+17x+17w 1:<initial>17u+17x+17w 1:<initial>17u+17x+18l 1:<initial>17u+17y+18l 1:<initial>17u+18l+17w
1:<initial>17u+18l+17x 1:<initial>17u+18l+17y 1:<final>17w+18l+17x 1:<initial>17w+18l+17x 1:<final>17x+18l+18q
1:<final>17x+18l+18p 1:<initial>183+17x+17w 1:<initial>183+17w+17x 1:<final>183+17w+18p 1:<final>183+18l+17x
1:<initial>183+18l+17x 1:<initial>183+18l+17w 1:<final>183+18l+18l 1:<initial>183+18l+18l 1:<final>185+17x+17x
1:<initial>185+17x+17x 1:<final>185+18l+18l 1:<final>184+17x+18l 1:<initial>184+17x+18l 1:<final>184+17w+18q
1:<final>184+18l+17y 1:<initial>184+18l+17y 1:<final>184+18l+18l 1:<initial>184+18l+18l 1:<final>186+17x+18p
1:<final>186+17y+18l 1:<initial>186+17y+18l 1:<final>187+18l+17x 1:<initial>187+18l+17x 1:<initial>187+18l+18l
1:<final>187+18l+18q 1:<final>189+17w+18l 1:<final>189+18l+18l 1:<initial>189+18l+18l 1:<final>189+18l+18p
1:<final>18a+18l+18l 1:<final>18a+18l+18q 1:<final>18a+18l+18p 1:<final>18h+17y+18l 1:<initial>18h+17y+18l
1:<final>18i+18l+17x 1:<final>18i+18l+18l 1:<final>18k+17x+18l 1:<final>18k+17x+18q 1:<final>18k+17x+18p
1:<initial>18k+17w+17w 1:<final>18k+17w+17w 1:<final>18k+17y+18l 1:<initial>18k+17y+18l 1:<final>18k+18l+17x
1:<initial>18k+18l+17x 1:<initial>18l+17x+17w 1:<initial>18l+17x+18l 1:<final>18l+17x+18q 1:<initial>18l+17w+17x
1:<initial>18l+17w+18l 1:<initial>18l+17y+17w 1:<initial>18l+17y+18l 3:<initial>18l+17w+17y 1:<initial>18n+18l+17w
1:<initial>18n+18l+18l 1:<initial>18m+17x+18l 1:<final>18m+17x+18p 1:<final>18m+17w+18l 1:<initial>18m+17w+18l
1:<final>18m+17w+18p 1:<final>18m+18l+18q 1:<final>18m+18l+18p 1:<final>18q+18l+18l 1:<initial>18q+18l+18l
1:<final>17s+17y+18q 1:<final>17u+17w+18q 1:<final>17u+17w+18p 1:<final>17u+17y+18q 1:<final>17u+17y+18p
1:<final>17u+18l+18q 1:<final>17u+18l+18p 1:<final>17w+18l+18q 1:<final>17w+17x+18p 1:<final>17w+18l+18p
1:<final>183+17y+18p 1:<final>185+17x+18q 1:<final>184+17x+18q 1:<final>186+17x+18q 1:<final>18k+17w+18q
1:<final>18k+18l+18q 1:<final>18q+17x+18q 1:<final>18q+17w+18q 1:<final>18q+18l+18q 1:<final>18l+18l+18q
1:<final>18i+18l+18q 1:<final>18m+17x+18q 1:<initial>18i+18l+17x 1:<initial>18k+17x+18l 1:<final>189+18l+18q
1:<final>18j+18l+18q 1:<initial>18m+17w+17x 1:<final>18l+17y+18q 1:<initial>18k+17w+18l 1:<final>18j+18l+18l
1:<final>18k+17w+18l 1:<final>18m+17w+17x 1:<final>17w+17x+18q 1:<final>17x+17w+18q 1:<final>18l+17w+18q
1:<final>18h+18l+18q 1:<final>17s+17x+18q 1:<initial>18j+18l+18l 1:<initial>189+17w+18l 1:<initial>185+18l+18l
1:<final>183+17y+18q 1:<final>18m+17w+18q 15:<isolated>185+18k+1ci 1:<isolated>18i+18k+1ci
1:<isolated>17r+18k+18k+18n 1:<isolated>17r+18j+17s+181 1:<isolated>18l+17x+18l+17z 1:<isolated>185+18k+189+18l
1:<isolated>181+183+18o+18k 1:<isolated>189+18k+18q+18n 1:<isolated>18o+183+18k+18l 1:<isolated>185+18k+18p
1:<isolated>185+18k+18p+w+17r+18k+18k+18n+w+189+18k+18q+18n+w+18o+183+18k+18l
1:<isolated>17w+18k+w+17w+18k+17r+18k+18n 1:<isolated>181+1cc+17r+18k k:<vertical>18 1:<vertical>9hd 1:<vertical>9he
1:<vertical>1m 1:<vertical>1n 1:<vertical>x 1:<vertical>1r 1:<vertical>9hy 1:<vertical>9hz 1:<vertical>6cm
n:<vertical>6cl 1:<vertical>6c4 1:<vertical>6c3 1:<vertical>2n 1:<vertical>2n 1:<vertical>14 1:<vertical>15
1:<vertical>3f 1:<vertical>3h 1:<vertical>9hw 1:<vertical>9hx 1:<vertical>9hs 1:<vertical>9ht 1:<vertical>9hm
1:<vertical>9hn 1:<vertical>9hk 1:<vertical>9hl 1:<vertical>9ho 1:<vertical>9hp 1:<vertical>9hq 1:<vertical>9hr
3:<vertical>2j 1:<vertical>2l 1:<compat>6da 1:<compat>6da 1:<compat>6da 1:<compat>6da 1:<compat>2n 1:<compat>2n
1:<compat>2n 1:<small>18 1:<small>9hd 1:<small>1a 2:<small>1n 1:<small>1m 1:<small>1r 1:<small>x 1:<small>6c4
1:<small>14 1:<small>15 1:<small>3f 1:<small>3h 1:<small>9hw 1:<small>9hx 1:<small>z 1:<small>12 1:<small>16
1:<small>17 1:<small>19 1:<small>1o 1:<small>1q 1:<small>1p 2:<small>2k 1:<small>10 1:<small>11 1:<small>1s
5:<isolated>w+18r 1:<medial>18g+18r 1:<isolated>w+18s 2:<isolated>w+18t 2:<isolated>w+18u 1:<medial>18g+18u
1:<isolated>w+18v 1:<medial>18g+18v 1:<isolated>w+18w 1:<medial>18g+18w 1:<isolated>w+18x 1:<medial>18g+18x
1:<isolated>w+18y 1:<medial>18g+18y 1:<isolated>17l 1:<isolated>17m 1:<final>17m 1:<isolated>17n 1:<final>17n
1:<isolated>17o 1:<final>17o 1:<isolated>17p 1:<final>17p 1:<isolated>17q 1:<final>17q 1:<initial>17q 1:<medial>17q
1:<isolated>17r 1:<final>17r 1:<isolated>17s 1:<final>17s 1:<initial>17s 1:<medial>17s 1:<isolated>17t 1:<final>17t
1:<isolated>17u 1:<final>17u 1:<initial>17u 1:<medial>17u 1:<isolated>17v 1:<final>17v 1:<initial>17v 1:<medial>17v
1:<isolated>17w 1:<final>17w 1:<initial>17w 1:<medial>17w 1:<isolated>17x 1:<final>17x 1:<initial>17x 1:<medial>17x
1:<isolated>17y 1:<final>17y 1:<initial>17y 1:<medial>17y 1:<isolated>17z 1:<final>17z 1:<isolated>180 1:<final>180
1:<isolated>181 1:<final>181 1:<isolated>182 1:<final>182 1:<isolated>183 1:<final>183 1:<initial>183 1:<medial>183
1:<isolated>184 1:<final>184 1:<initial>184 1:<medial>184 1:<isolated>185 1:<final>185 1:<initial>185 1:<medial>185
1:<isolated>186 1:<final>186 1:<initial>186 1:<medial>186 1:<isolated>187 1:<final>187 1:<initial>187 1:<medial>187
1:<isolated>188 1:<final>188 1:<initial>188 1:<medial>188 1:<isolated>189 1:<final>189 1:<initial>189 1:<medial>189
1:<isolated>18a 1:<final>18a 1:<initial>18a 1:<medial>18a 1:<isolated>18h 1:<final>18h 1:<initial>18h 1:<medial>18h
1:<isolated>18i 1:<final>18i 1:<initial>18i 1:<medial>18i 1:<isolated>18j 1:<final>18j 1:<initial>18j 1:<medial>18j
1:<isolated>18k 1:<final>18k 1:<initial>18k 1:<medial>18k 1:<isolated>18l 1:<final>18l 1:<initial>18l 1:<medial>18l
1:<isolated>18m 1:<final>18m 1:<initial>18m 1:<medial>18m 1:<isolated>18n 1:<final>18n 1:<initial>18n 1:<medial>18n
1:<isolated>18o 1:<final>18o 1:<isolated>18p 1:<final>18p 1:<isolated>18q 1:<final>18q 1:<initial>18q 1:<medial>18q
1:<isolated>18k+17m 1:<final>18k+17m 1:<isolated>18k+17n 1:<final>18k+17n 1:<isolated>18k+17p 1:<final>18k+17p
1:<isolated>18k+17r 1:<final>18k+17r 5:<wide>x 1:<wide>y 1:<wide>z 1:<wide>10 1:<wide>11 1:<wide>12 1:<wide>13
1:<wide>14 1:<wide>15 1:<wide>16 1:<wide>17 1:<wide>18 1:<wide>19 1:<wide>1a 1:<wide>1b 1:<wide>1c 1:<wide>1d
1:<wide>1e 1:<wide>1f 1:<wide>1g 1:<wide>1h 1:<wide>1i 1:<wide>1j 1:<wide>1k 1:<wide>1l 1:<wide>1m 1:<wide>1n
1:<wide>1o 1:<wide>1p 1:<wide>1q 1:<wide>1r 1:<wide>1s 1:<wide>1t 1:<wide>1u 1:<wide>1v 1:<wide>1w 1:<wide>1x
1:<wide>1y 1:<wide>1z 1:<wide>20 1:<wide>21 1:<wide>22 1:<wide>23 1:<wide>24 1:<wide>25 1:<wide>26 1:<wide>27
1:<wide>28 1:<wide>29 1:<wide>2a 1:<wide>2b 1:<wide>2c 1:<wide>2d 1:<wide>2e 1:<wide>2f 1:<wide>2g 1:<wide>2h
1:<wide>2i 1:<wide>2j 1:<wide>2k 1:<wide>2l 1:<wide>2m 1:<wide>2n 1:<wide>2o 1:<wide>2p 1:<wide>2q 1:<wide>2r
1:<wide>2s 1:<wide>2t 1:<wide>2u 1:<wide>2v 1:<wide>2w 1:<wide>2x 1:<wide>2y 1:<wide>2z 1:<wide>30 1:<wide>31
1:<wide>32 1:<wide>33 1:<wide>34 1:<wide>35 1:<wide>36 1:<wide>37 1:<wide>38 1:<wide>39 1:<wide>3a 1:<wide>3b
1:<wide>3c 1:<wide>3d 1:<wide>3e 1:<wide>3f 1:<wide>3g 1:<wide>3h 1:<wide>3i 1:<wide>879 1:<wide>87a 1:<narrow>9he
1:<narrow>9ho 1:<narrow>9hp 1:<narrow>9hd 1:<narrow>9ob 1:<narrow>9o2 1:<narrow>9lt 1:<narrow>9lv 1:<narrow>9lx
1:<narrow>9lz 1:<narrow>9m1 1:<narrow>9nn 1:<narrow>9np 1:<narrow>9nr 1:<narrow>9mr 1:<narrow>9oc 1:<narrow>9lu
1:<narrow>9lw 1:<narrow>9ly 1:<narrow>9m0 1:<narrow>9m2 1:<narrow>9m3 1:<narrow>9m5 1:<narrow>9m7 1:<narrow>9m9
1:<narrow>9mb 1:<narrow>9md 1:<narrow>9mf 1:<narrow>9mh 1:<narrow>9mj 1:<narrow>9ml 1:<narrow>9mn 1:<narrow>9mp
1:<narrow>9ms 1:<narrow>9mu 1:<narrow>9mw 1:<narrow>9my 1:<narrow>9mz 1:<narrow>9n0 1:<narrow>9n1 1:<narrow>9n2
1:<narrow>9n3 1:<narrow>9n6 1:<narrow>9n9 1:<narrow>9nc 1:<narrow>9nf 1:<narrow>9ni 1:<narrow>9nj 1:<narrow>9nk
1:<narrow>9nl 1:<narrow>9nm 1:<narrow>9no 1:<narrow>9nq 1:<narrow>9ns 1:<narrow>9nt 1:<narrow>9nu 1:<narrow>9nv
1:<narrow>9nw 1:<narrow>9nx 1:<narrow>9nz 1:<narrow>9o3 1:<narrow>9ll 1:<narrow>9lm 1:<narrow>9r8 1:<narrow>9pt
1:<narrow>9pu 1:<narrow>9pv 1:<narrow>9pw 1:<narrow>9px 1:<narrow>9py 1:<narrow>9pz 1:<narrow>9q0 1:<narrow>9q1
1:<narrow>9q2 1:<narrow>9q3 1:<narrow>9q4 1:<narrow>9q5 1:<narrow>9q6 1:<narrow>9q7 1:<narrow>9q8 1:<narrow>9q9
1:<narrow>9qa 1:<narrow>9qb 1:<narrow>9qc 1:<narrow>9qd 1:<narrow>9qe 1:<narrow>9qf 1:<narrow>9qg 1:<narrow>9qh
1:<narrow>9qi 1:<narrow>9qj 1:<narrow>9qk 1:<narrow>9ql 1:<narrow>9qm 4:<narrow>9qn 1:<narrow>9qo 1:<narrow>9qp
1:<narrow>9qq 1:<narrow>9qr 1:<narrow>9qs 3:<narrow>9qt 1:<narrow>9qu 1:<narrow>9qv 1:<narrow>9qw 1:<narrow>9qx
1:<narrow>9qy 3:<narrow>9qz 1:<narrow>9r0 1:<narrow>9r1 1:<narrow>9r2 1:<narrow>9r3 1:<narrow>9r4 3:<narrow>9r5
1:<narrow>9r6 1:<narrow>9r7 4:<wide>4i 1:<wide>4j 1:<wide>4s 1:<wide>4v 1:<wide>4m 1:<wide>4l 1:<wide>6g9
2:<narrow>7b6 1:<narrow>6mo 1:<narrow>6mp 1:<narrow>6mq 1:<narrow>6mr 1:<narrow>7fk 1:<narrow>7gr 1hv:<super>k0
1:<super>k1 1:<super>6e 1:<super>ih 1:<super>gj 2:<super>ir 1:<super>xuu 1:<super>it 1:<super>is 1:<super>gm
1:<super>gn 1:<super>5u9 1:<super>go 1:<super>gu 1:<super>ix 1:<super>h0 1:<super>gy 1:<super>gw 1:<super>ij
1:<super>87 1:<super>ik 1:<super>h3 1:<super>hw 1:<super>iy 1:<super>iz 1:<super>h8 1:<super>2mmc 1:<super>x3i
1:<super>ha 1:<super>2mmd 1:<super>i6 1:<super>2mme 1:<super>6w 1:<super>hi 1:<super>hj 1:<super>35 1:<super>hm
1:<super>2mmg 1:<super>hp 1:<super>hq 1:<super>hs 1:<super>iw 1:<super>iu 1:<super>xuv 1:<super>iv 1:<super>i0
1:<super>8s1 2:<super>i7 1:<super>ip 1:<super>iq 1:<super>ig 1:<super>cg 1:<super>ch 1:<super>ci 1:<super>2mmi
1:<super>2mn2 1r4:1huh+1hve 2:1huj+1hve f:1hut+1hve 3n:1hyp+1hyf 1:1hyq+1hyf f0:1idj+1ida 1:1idj+1idz a7:1int+1inu
1:1int+1ink 2:1int+1inx 70:1iuw+1iun 1:1iux+1iun ot:1jjp+1jjk 10di:2jx3+2jxh 1:2jx4+2jxh 1:2jxb+2jxq 1:2jxb+2jxr
1:2jxb+2jxs 1:2jxb+2jxt 1:2jxb+2jxu 2f:2jzt+2jxh 1:2jzu+2jxh 1:2jzv+2jxq 1:2jzw+2jxq 1:2jzv+2jxr 1:2jzw+2jxr
g0:<font>1t 1:<font>1u 1:<font>1v 1:<font>1w 1:<font>1x 1:<font>1y 1:<font>1z 1:<font>20 1:<font>21 1:<font>22
1:<font>23 1:<font>24 1:<font>25 1:<font>26 1:<font>27 1:<font>28 1:<font>29 1:<font>2a 1:<font>2b 1:<font>2c
1:<font>2d 1:<font>2e 1:<font>2f 1:<font>2g 1:<font>2h 1:<font>2i 1:<font>2p 1:<font>2q 1:<font>2r 1:<font>2s
1:<font>2t 1:<font>2u 1:<font>2v 1:<font>2w 1:<font>2x 1:<font>2y 1:<font>2z 1:<font>30 1:<font>31 1:<font>32
1:<font>33 1:<font>34 1:<font>35 1:<font>36 1:<font>37 1:<font>38 1:<font>39 1:<font>3a 1:<font>3b 1:<font>3c
1:<font>3d 1:<font>3e 1:<font>1t 1:<font>1u 1:<font>1v 1:<font>1w 1:<font>1x 1:<font>1y 1:<font>1z 1:<font>20
1:<font>21 1:<font>22 1:<font>23 1:<font>24 1:<font>25 1:<font>26 1:<font>27 1:<font>28 1:<font>29 1:<font>2a
1:<font>2b 1:<font>2c 1:<font>2d 1:<font>2e 1:<font>2f 1:<font>2g 1:<font>2h 1:<font>2i 1:<font>2p 1:<font>2q
1:<font>2r 1:<font>2s 1:<font>2t 1:<font>2u 1:<font>2v 2:<font>2x 1:<font>2y 1:<font>2z 1:<font>30 1:<font>31
1:<font>32 1:<font>33 1:<font>34 1:<font>35 1:<font>36 1:<font>37 1:<font>38 1:<font>39 1:<font>3a 1:<font>3b
1:<font>3c 1:<font>3d 1:<font>3e 1:<font>1t 1:<font>1u 1:<font>1v 1:<font>1w 1:<font>1x 1:<font>1y 1:<font>1z
1:<font>20 1:<font>21 1:<font>22 1:<font>23 1:<font>24 1:<font>25 1:<font>26 1:<font>27 1:<font>28 1:<font>29
1:<font>2a 1:<font>2b 1:<font>2c 1:<font>2d 1:<font>2e 1:<font>2f 1:<font>2g 1:<font>2h 1:<font>2i 1:<font>2p
1:<font>2q 1:<font>2r 1:<font>2s 1:<font>2t 1:<font>2u 1:<font>2v 1:<font>2w 1:<font>2x 1:<font>2y 1:<font>2z
1:<font>30 1:<font>31 1:<font>32 1:<font>33 1:<font>34 1:<font>35 1:<font>36 1:<font>37 1:<font>38 1:<font>39
1:<font>3a 1:<font>3b 1:<font>3c 1:<font>3d 1:<font>3e 1:<font>1t 2:<font>1v 1:<font>1w 3:<font>1z 3:<font>22
1:<font>23 3:<font>26 1:<font>27 1:<font>28 1:<font>29 2:<font>2b 1:<font>2c 1:<font>2d 1:<font>2e 1:<font>2f
1:<font>2g 1:<font>2h 1:<font>2i 1:<font>2p 1:<font>2q 1:<font>2r 1:<font>2s 2:<font>2u 2:<font>2w 1:<font>2x
1:<font>2y 1:<font>2z 1:<font>30 1:<font>31 1:<font>32 2:<font>34 1:<font>35 1:<font>36 1:<font>37 1:<font>38
1:<font>39 1:<font>3a 1:<font>3b 1:<font>3c 1:<font>3d 1:<font>3e 1:<font>1t 1:<font>1u 1:<font>1v 1:<font>1w
1:<font>1x 1:<font>1y 1:<font>1z 1:<font>20 1:<font>21 1:<font>22 1:<font>23 1:<font>24 1:<font>25 1:<font>26
1:<font>27 1:<font>28 1:<font>29 1:<font>2a 1:<font>2b 1:<font>2c 1:<font>2d 1:<font>2e 1:<font>2f 1:<font>2g
1:<font>2h 1:<font>2i 1:<font>2p 1:<font>2q 1:<font>2r 1:<font>2s 1:<font>2t 1:<font>2u 1:<font>2v 1:<font>2w
1:<font>2x 1:<font>2y 1:<font>2z 1:<font>30 1:<font>31 1:<font>32 1:<font>33 1:<font>34 1:<font>35 1:<font>36
1:<font>37 1:<font>38 1:<font>39 1:<font>3a 1:<font>3b 1:<font>3c 1:<font>3d 1:<font>3e 1:<font>1t 1:<font>1u
2:<font>1w 1:<font>1x 1:<font>1y 1:<font>1z 3:<font>22 1:<font>23 1:<font>24 1:<font>25 1:<font>26 1:<font>27
1:<font>28 1:<font>29 2:<font>2b 1:<font>2c 1:<font>2d 1:<font>2e 1:<font>2f 1:<font>2g 1:<font>2h 2:<font>2p
1:<font>2q 1:<font>2r 1:<font>2s 1:<font>2t 1:<font>2u 1:<font>2v 1:<font>2w 1:<font>2x 1:<font>2y 1:<font>2z
1:<font>30 1:<font>31 1:<font>32 1:<font>33 1:<font>34 1:<font>35 1:<font>36 1:<font>37 1:<font>38 1:<font>39
1:<font>3a 1:<font>3b 1:<font>3c 1:<font>3d 1:<font>3e 1:<font>1t 1:<font>1u 2:<font>1w 1:<font>1x 1:<font>1y
1:<font>1z 2:<font>21 1:<font>22 1:<font>23 1:<font>24 1:<font>25 2:<font>27 4:<font>2b 1:<font>2c 1:<font>2d
1:<font>2e 1:<font>2f 1:<font>2g 1:<font>2h 2:<font>2p 1:<font>2q 1:<font>2r 1:<font>2s 1:<font>2t 1:<font>2u
1:<font>2v 1:<font>2w 1:<font>2x 1:<font>2y 1:<font>2z 1:<font>30 1:<font>31 1:<font>32 1:<font>33 1:<font>34
1:<font>35 1:<font>36 1:<font>37 1:<font>38 1:<font>39 1:<font>3a 1:<font>3b 1:<font>3c 1:<font>3d 1:<font>3e
1:<font>1t 1:<font>1u 1:<font>1v 1:<font>1w 1:<font>1x 1:<font>1y 1:<font>1z 1:<font>20 1:<font>21 1:<font>22
1:<font>23 1:<font>24 1:<font>25 1:<font>26 1:<font>27 1:<font>28 1:<font>29 1:<font>2a 1:<font>2b 1:<font>2c
1:<font>2d 1:<font>2e 1:<font>2f 1:<font>2g 1:<font>2h 1:<font>2i 1:<font>2p 1:<font>2q 1:<font>2r 1:<font>2s
1:<font>2t 1:<font>2u 1:<font>2v 1:<font>2w 1:<font>2x 1:<font>2y 1:<font>2z 1:<font>30 1:<font>31 1:<font>32
1:<font>33 1:<font>34 1:<font>35 1:<font>36 1:<font>37 1:<font>38 1:<font>39 1:<font>3a 1:<font>3b 1:<font>3c
1:<font>3d 1:<font>3e 1:<font>1t 1:<font>1u 1:<font>1v 1:<font>1w 1:<font>1x 1:<font>1y 1:<font>1z 1:<font>20
1:<font>21 1:<font>22 1:<font>23 1:<font>24 1:<font>25 1:<font>26 1:<font>27 1:<font>28 1:<font>29 1:<font>2a
1:<font>2b 1:<font>2c 1:<font>2d 1:<font>2e 1:<font>2f 1:<font>2g 1:<font>2h 1:<font>2i 1:<font>2p 1:<font>2q
1:<font>2r 1:<font>2s 1:<font>2t 1:<font>2u 1:<font>2v 1:<font>2w 1:<font>2x 1:<font>2y 1:<font>2z 1:<font>30
1:<font>31 1:<font>32 1:<font>33 1:<font>34 1:<font>35 1:<font>36 1:<font>37 1:<font>38 1:<font>39 1:<font>3a
1:<font>3b 1:<font>3c 1:<font>3d 1:<font>3e 1:<font>1t 1:<font>1u 1:<font>1v 1:<font>1w 1:<font>1x 1:<font>1y
1:<font>1z 1:<font>20 1:<font>21 1:<font>22 1:<font>23 1:<font>24 1:<font>25 1:<font>26 1:<font>27 1:<font>28
1:<font>29 1:<font>2a 1:<font>2b 1:<font>2c 1:<font>2d 1:<font>2e 1:<font>2f 1:<font>2g 1:<font>2h 1:<font>2i
1:<font>2p 1:<font>2q 1:<font>2r 1:<font>2s 1:<font>2t 1:<font>2u 1:<font>2v 1:<font>2w 1:<font>2x 1:<font>2y
1:<font>2z 1:<font>30 1:<font>31 1:<font>32 1:<font>33 1:<font>34 1:<font>35 1:<font>36 1:<font>37 1:<font>38
1:<font>39 1:<font>3a 1:<font>3b 1:<font>3c 1:<font>3d 1:<font>3e 1:<font>1t 1:<font>1u 1:<font>1v 1:<font>1w
1:<font>1x 1:<font>1y 1:<font>1z 1:<font>20 1:<font>21 1:<font>22 1:<font>23 1:<font>24 1:<font>25 1:<font>26
1:<font>27 1:<font>28 1:<font>29 1:<font>2a 1:<font>2b 1:<font>2c 1:<font>2d 1:<font>2e 1:<font>2f 1:<font>2g
1:<font>2h 1:<font>2i 1:<font>2p 1:<font>2q 1:<font>2r 1:<font>2s 1:<font>2t 1:<font>2u 1:<font>2v 1:<font>2w
1:<font>2x 1:<font>2y 1:<font>2z 1:<font>30 1:<font>31 1:<font>32 1:<font>33 1:<font>34 1:<font>35 1:<font>36
1:<font>37 1:<font>38 1:<font>39 1:<font>3a 1:<font>3b 1:<font>3c 1:<font>3d 1:<font>3e 1:<font>1t 1:<font>1u
1:<font>1v 1:<font>1w 1:<font>1x 1:<font>1y 1:<font>1z 1:<font>20 1:<font>21 1:<font>22 1:<font>23 1:<font>24
1:<font>25 1:<font>26 1:<font>27 1:<font>28 1:<font>29 1:<font>2a 1:<font>2b 1:<font>2c 1:<font>2d 1:<font>2e
1:<font>2f 1:<font>2g 1:<font>2h 1:<font>2i 1:<font>2p 1:<font>2q 1:<font>2r 1:<font>2s 1:<font>2t 1:<font>2u
1:<font>2v 1:<font>2w 1:<font>2x 1:<font>2y 1:<font>2z 1:<font>30 1:<font>31 1:<font>32 1:<font>33 1:<font>34
1:<font>35 1:<font>36 1:<font>37 1:<font>38 1:<font>39 1:<font>3a 1:<font>3b 1:<font>3c 1:<font>3d 1:<font>3e
1:<font>1t 1:<font>1u 1:<font>1v 1:<font>1w 1:<font>1x 1:<font>1y 1:<font>1z 1:<font>20 1:<font>21 1:<font>22
1:<font>23 1:<font>24 1:<font>25 1:<font>26 1:<font>27 1:<font>28 1:<font>29 1:<font>2a 1:<font>2b 1:<font>2c
1:<font>2d 1:<font>2e 1:<font>2f 1:<font>2g 1:<font>2h 1:<font>2i 1:<font>2p 1:<font>2q 1:<font>2r 1:<font>2s
1:<font>2t 1:<font>2u 1:<font>2v 1:<font>2w 1:<font>2x 1:<font>2y 1:<font>2z 1:<font>30 1:<font>31 1:<font>32
1:<font>33 1:<font>34 1:<font>35 1:<font>36 1:<font>37 1:<font>38 1:<font>39 1:<font>3a 1:<font>3b 1:<font>3c
1:<font>3d 1:<font>3e 1:<font>8h 1:<font>fr 3:<font>pd 1:<font>pe 1:<font>pf 1:<font>pg 1:<font>ph 1:<font>pi
1:<font>pj 1:<font>pk 1:<font>pl 1:<font>pm 1:<font>pn 1:<font>po 1:<font>pp 1:<font>pq 1:<font>pr 1:<font>ps
1:<font>pt 1:<font>s4 1:<font>pv 1:<font>pw 1:<font>px 1:<font>py 1:<font>pz 1:<font>q0 1:<font>q1 1:<font>6pz
1:<font>q9 1:<font>qa 1:<font>qb 1:<font>qc 1:<font>qd 1:<font>qe 1:<font>qf 1:<font>qg 1:<font>qh 1:<font>qi
1:<font>qj 1:<font>qk 1:<font>ql 1:<font>qm 1:<font>qn 1:<font>qo 1:<font>qp 1:<font>qq 1:<font>qr 1:<font>qs
1:<font>qt 1:<font>qu 1:<font>qv 1:<font>qw 1:<font>qx 1:<font>6pu 1:<font>s5 1:<font>r5 1:<font>s0 1:<font>r9
1:<font>s1 1:<font>ra 1:<font>pd 1:<font>pe 1:<font>pf 1:<font>pg 1:<font>ph 1:<font>pi 1:<font>pj 1:<font>pk
1:<font>pl 1:<font>pm 1:<font>pn 1:<font>po 1:<font>pp 1:<font>pq 1:<font>pr 1:<font>ps 1:<font>pt 1:<font>s4
1:<font>pv 1:<font>pw 1:<font>px 1:<font>py 1:<font>pz 1:<font>q0 1:<font>q1 1:<font>6pz 1:<font>q9 1:<font>qa
1:<font>qb 1:<font>qc 1:<font>qd 1:<font>qe 1:<font>qf 1:<font>qg 1:<font>qh 1:<font>qi 1:<font>qj 1:<font>qk
1:<font>ql 1:<font>qm 1:<font>qn 1:<font>qo 1:<font>qp 1:<font>qq 1:<font>qr 1:<font>qs 1:<font>qt 1:<font>qu
1:<font>qv 1:<font>qw 1:<font>qx 1:<font>6pu 1:<font>s5 1:<font>r5 1:<font>s0 1:<font>r9 1:<font>s1 1:<font>ra
1:<font>pd 1:<font>pe 1:<font>pf 1:<font>pg 1:<font>ph 1:<font>pi 1:<font>pj 1:<font>pk 1:<font>pl 1:<font>pm
1:<font>pn 1:<font>po 1:<font>pp 1:<font>pq 1:<font>pr 1:<font>ps 1:<font>pt 1:<font>s4 1:<font>pv 1:<font>pw
1:<font>px 1:<font>py 1:<font>pz 1:<font>q0 1:<font>q1 1:<font>6pz 1:<font>q9 1:<font>qa 1:<font>qb 1:<font>qc
1:<font>qd 1:<font>qe 1:<font>qf 1:<font>qg 1:<font>qh 1:<font>qi 1:<font>qj 1:<font>qk 1:<font>ql 1:<font>qm
1:<font>qn 1:<font>qo 1:<font>qp 1:<font>qq 1:<font>qr 1:<font>qs 1:<font>qt 1:<font>qu 1:<font>qv 1:<font>qw
1:<font>qx 1:<font>6pu 1:<font>s5 1:<font>r5 1:<font>s0 1:<font>r9 1:<font>s1 1:<font>ra 1:<font>pd 1:<font>pe
1:<font>pf 1:<font>pg 1:<font>ph 1:<font>pi 1:<font>pj 1:<font>pk 1:<font>pl 1:<font>pm 1:<font>pn 1:<font>po
1:<font>pp 1:<font>pq 1:<font>pr 1:<font>ps 1:<font>pt 1:<font>s4 1:<font>pv 1:<font>pw 1:<font>px 1:<font>py
1:<font>pz 1:<font>q0 1:<font>q1 1:<font>6pz 1:<font>q9 1:<font>qa 1:<font>qb 1:<font>qc 1:<font>qd 1:<font>qe
1:<font>qf 1:<font>qg 1:<font>qh 1:<font>qi 1:<font>qj 1:<font>qk 1:<font>ql 1:<font>qm 1:<font>qn 1:<font>qo
1:<font>qp 1:<font>qq 1:<font>qr 1:<font>qs 1:<font>qt 1:<font>qu 1:<font>qv 1:<font>qw 1:<font>qx 1:<font>6pu
1:<font>s5 1:<font>r5 1:<font>s0 1:<font>r9 1:<font>s1 1:<font>ra 1:<font>pd 1:<font>pe 1:<font>pf 1:<font>pg
1:<font>ph 1:<font>pi 1:<font>pj 1:<font>pk 1:<font>pl 1:<font>pm 1:<font>pn 1:<font>po 1:<font>pp 1:<font>pq
1:<font>pr 1:<font>ps 1:<font>pt 1:<font>s4 1:<font>pv 1:<font>pw 1:<font>px 1:<font>py 1:<font>pz 1:<font>q0
1:<font>q1 1:<font>6pz 1:<font>q9 1:<font>qa 1:<font>qb 1:<font>qc 1:<font>qd 1:<font>qe 1:<font>qf 1:<font>qg
1:<font>qh 1:<font>qi 1:<font>qj 1:<font>qk 1:<font>ql 1:<font>qm 1:<font>qn 1:<font>qo 1:<font>qp 1:<font>qq
1:<font>qr 1:<font>qs 1:<font>qt 1:<font>qu 1:<font>qv 1:<font>qw 1:<font>qx 1:<font>6pu 1:<font>s5 1:<font>r5
1:<font>s0 1:<font>r9 1:<font>s1 1:<font>ra 1:<font>rg 1:<font>rh 3:<font>1c 1:<font>1d 1:<font>1e 1:<font>1f
1:<font>1g 1:<font>1h 1:<font>1i 1:<font>1j 1:<font>1k 1:<font>1l 1:<font>1c 1:<font>1d 1:<font>1e 1:<font>1f
1:<font>1g 1:<font>1h 1:<font>1i 1:<font>1j 1:<font>1k 1:<font>1l 1:<font>1c 1:<font>1d 1:<font>1e 1:<font>1f
1:<font>1g 1:<font>1h 1:<font>1i 1:<font>1j 1:<font>1k 1:<font>1l 1:<font>1c 1:<font>1d 1:<font>1e 1:<font>1f
1:<font>1g 1:<font>1h 1:<font>1i 1:<font>1j 1:<font>1k 1:<font>1l 1:<font>1c 1:<font>1d 1:<font>1e 1:<font>1f
1:<font>1g 1:<font>1h 1:<font>1i 1:<font>1j 1:<font>1k 1:<font>1l 4ch:<font>17r 1:<font>17s 1:<font>17w 1:<font>17z
2:<font>18o 1:<font>182 1:<font>17x 1:<font>187 1:<font>18q 1:<font>18j 1:<font>18k 1:<font>18l 1:<font>18m
1:<font>183 1:<font>189 1:<font>18h 1:<font>185 1:<font>18i 1:<font>181 1:<font>184 1:<font>17u 1:<font>17v
1:<font>17y 1:<font>180 1:<font>186 1:<font>188 1:<font>18a 1:<font>19q 1:<font>1bu 1:<font>1b5 1:<font>19r
2:<font>17s 1:<font>17w 2:<font>18n 3:<font>17x 2:<font>18q 1:<font>18j 1:<font>18k 1:<font>18l 1:<font>18m
1:<font>183 1:<font>189 1:<font>18h 1:<font>185 1:<font>18i 2:<font>184 1:<font>17u 1:<font>17v 1:<font>17y
2:<font>186 2:<font>18a 7:<font>17w 5:<font>17x 2:<font>18q 2:<font>18k 2:<font>18m 1:<font>183 1:<font>189
2:<font>185 1:<font>18i 2:<font>184 3:<font>17y 2:<font>186 2:<font>18a 2:<font>1bu 2:<font>19r 2:<font>17s
1:<font>17w 2:<font>18n 3:<font>17x 1:<font>187 1:<font>18q 1:<font>18j 2:<font>18l 1:<font>18m 1:<font>183
1:<font>189 1:<font>18h 1:<font>185 1:<font>18i 2:<font>184 1:<font>17u 1:<font>17v 1:<font>17y 2:<font>186
1:<font>188 1:<font>18a 1:<font>19q 2:<font>1b5 2:<font>17r 1:<font>17s 1:<font>17w 1:<font>17z 1:<font>18n
1:<font>18o 1:<font>182 1:<font>17x 1:<font>187 1:<font>18q 2:<font>18k 1:<font>18l 1:<font>18m 1:<font>183
1:<font>189 1:<font>18h 1:<font>185 1:<font>18i 1:<font>181 1:<font>184 1:<font>17u 1:<font>17v 1:<font>17y
1:<font>180 1:<font>186 1:<font>188 1:<font>18a 6:<font>17s 1:<font>17w 1:<font>17z 2:<font>18o 1:<font>182
1:<font>17x 1:<font>187 1:<font>18q 2:<font>18k 1:<font>18l 1:<font>18m 1:<font>183 1:<font>189 1:<font>18h
1:<font>185 1:<font>18i 1:<font>181 1:<font>184 1:<font>17u 1:<font>17v 1:<font>17y 1:<font>180 1:<font>186
1:<font>188 1:<font>18a g5:<compat>1c+1a 1:<compat>1c+18 1:<compat>1d+18 1:<compat>1e+18 1:<compat>1f+18
1:<compat>1g+18 1:<compat>1h+18 1:<compat>1i+18 1:<compat>1j+18 1:<compat>1k+18 1:<compat>1l+18 6:<compat>14+1t+15
1:<compat>14+1u+15 1:<compat>14+1v+15 1:<compat>14+1w+15 1:<compat>14+1x+15 1:<compat>14+1y+15 1:<compat>14+1z+15
1:<compat>14+20+15 1:<compat>14+21+15 1:<compat>14+22+15 1:<compat>14+23+15 1:<compat>14+24+15 1:<compat>14+25+15
1:<compat>14+26+15 1:<compat>14+27+15 1:<compat>14+28+15 1:<compat>14+29+15 1:<compat>14+2a+15 1:<compat>14+2b+15
1:<compat>14+2c+15 1:<compat>14+2d+15 1:<compat>14+2e+15 1:<compat>14+2f+15 1:<compat>14+2g+15 1:<compat>14+2h+15
1:<compat>14+2i+15 1:<compat>9hw+2b+9hx 1:<circle>1v 1:<circle>2a 1:<circle>1v+1w 1:<circle>2f+2i 2:<square>1t
1:<square>1u 1:<square>1v 1:<square>1w 1:<square>1x 1:<square>1y 1:<square>1z 1:<square>20 1:<square>21 1:<square>22
1:<square>23 1:<square>24 1:<square>25 1:<square>26 1:<square>27 1:<square>28 1:<square>29 1:<square>2a 1:<square>2b
1:<square>2c 1:<square>2d 1:<square>2e 1:<square>2f 1:<square>2g 1:<square>2h 1:<square>2i 1:<square>20+2e
1:<square>25+2e 1:<square>2b+1w 1:<square>2b+2b 1:<square>28+28+2e 1:<square>2f+1v r:<super>25+1v 1:<super>25+1w
1:<super>25+2a 10:<square>1w+22 34:<square>9kr+9jf 1:<square>9mb+9mb 1:<square>9md e:<square>jez 1:<square>i1j
1:<square>gjw 1:<square>9mv 1:<square>fik 1:<square>hlm 1:<square>r8j 1:<square>hm1 1:<square>fj8 1:<square>k68
1:<square>mch 1:<square>k2h 1:<square>g99 1:<square>ivg 1:<square>g3x 1:<square>k34 1:<square>g7x 1:<square>oqq
1:<square>n4v 1:<square>rs9 1:<square>hkg 1:<square>gmx 1:<square>lxw 1:<square>jh1 1:<square>jmd 1:<square>feo
1:<square>fex 1:<square>si2 1:<square>ijq 1:<square>ffx 1:<square>gkz 1:<square>jk7 1:<square>rxs 1:<square>jf7
1:<square>o01 1:<square>o6y 1:<square>glk 1:<square>lts 1:<square>kcp 1:<square>kco 1:<square>n5f 1:<square>gaa
1:<square>gxi 1:<square>sp9 5:<compat>9hw+kdo+9hx 1:<compat>9hw+fex+9hx 1:<compat>9hw+fik+9hx 1:<compat>9hw+i2x+9hx
1:<compat>9hw+m9l+9hx 1:<compat>9hw+jf7+9hx 1:<compat>9hw+nh3+9hx 1:<compat>9hw+gd9+9hx 1:<compat>9hw+k0n+9hx
8:<circle>ivr 1:<circle>gkv 1wf:<font>1c 1:<font>1d 1:<font>1e 1:<font>1f 1:<font>1g 1:<font>1h 1:<font>1i
1:<font>1j 1:<font>1k 1:<font>1l 1ds7:fgd 1:fg8 1:fgh 1:2tcy 1:fog 1:fqm 1:fqz 1:fsy 1:fwa 1:fx5 1:fzb 1:fyn 1:ae6
1:2ud6 1:g25 1:g2c 1:g2s 1:g3b 1:2u58 1:aex 1:g2v 1:g3x 1:2u6j 1:g47 1:g4k 1:fkc 1:g4s 1:g51 1:3ly7 1:g6t 1:g77
1:afz 1:g8r 1:g92 1:gaa 1:gaf 1:ahh 1:gcn 1:gcp 1:gdg 1:ge2 1:ged 1:gee 1:gev 1:gg9 1:ggh 1:ggq 1:ghf 1:ghp 1:ghr
1:ghr 1:ghr 1:2v58 1:m7k 1:gju 1:gkf 1:2vdv 1:gkr 1:gkx 1:gli 1:gpq 1:gmw 1:gnc 1:go8 1:gpu 1:gs6 1:gsw 1:gur 1:gv7
1:gw4 1:gw4 1:gwp 1:gx7 1:gxf 1:gxu 1:h7a 1:gzq 1:h7b 1:h1t 1:h2s 1:g7b 1:hke 1:hce 1:hdg 1:he5 1:haj 1:hf6 1:hf5
1:hik 1:2x9g 1:hki 1:hkn 1:hl2 1:hlm 1:hlu 1:hnm 1:2xm0 1:2xnu 1:hrg 1:hsr 1:ht3 1:hqw 1:huu 1:aum 1:av0 1:hzc 1:i0u
1:i0u 1:2y88 1:i4j 1:i54 1:i5j 1:i5v 1:2yhk 1:i67 1:i6e 1:itv 1:i76 1:ayp 1:i8w 1:i9a 1:ibk 1:ia5 1:2z1g 1:if7
1:2z1i 1:ige 1:igb 1:igs 1:ijl 1:ijm 1:b3j 1:ikd 1:ilk 1:im5 1:ind 1:b4y 1:2zr7 1:b5o 1:ipc 1:ipf 1:ipi 1:iq2 1:3pg2
1:iri 1:3035 1:3035 1:poh 1:isi 1:isi 1:b7r 1:335k 1:3cgq 1:iua 1:iuj 1:b8j 1:ivu 1:ix9 1:ixj 1:iyh 1:j29 1:bay
1:ba4 1:j2s 1:30t0 1:j47 1:j7s 1:j7w 1:j7y 1:j7w 1:j96 1:j9q 1:jaq 1:jac 1:jan 1:jby 1:jci 1:jcm 1:jdc 1:jdn 1:jfh
1:jht 1:jis 1:jm8 1:31n0 1:jlp 1:jjw 1:jmw 1:jnn 1:jqc 1:31td 1:js2 1:jph 1:jop 1:bhq 1:ju1 1:jum 1:jvh 1:juf 1:bjg
1:k0f 1:k18 1:32mi 1:k4j 1:kc8 1:k7d 1:bo9 1:k9d 1:bns 1:bms 1:g42 1:g45 1:kcg 1:k9o 1:pf1 1:deh 1:kd3 1:kd7 1:kdd
1:kf2 1:ker 1:33cz 1:bpl 1:kje 1:kg5 1:klu 1:kn9 1:33hp 1:kni 1:kkf 1:kr8 1:brx 1:ksi 1:kv7 1:kx6 1:l2g 1:33xf 1:l3v
1:bvc 1:l5t 1:34br 1:l78 1:bwu 1:l82 1:l9b 1:la2 1:la3 1:34p9 1:2yvf 1:34sa 1:le6 1:354s 1:lhb 1:lhp 1:lev 1:ljq
1:lku 1:lmf 1:lkx 1:lm1 1:lmg 1:lmt 1:357i 1:lkk 1:lrj 1:lta 1:c37 1:lvv 1:lvr 1:35jl 1:lq1 1:m0e 1:35ni 1:35ou
1:m2u 1:m61 1:m5a 1:m57 1:c5y 1:m6i 1:m7x 1:m7r 1:m99 1:2u5h 1:mdh 1:368z 1:mfw 1:36i3 1:mjs 1:mk5 1:mkw 1:36yw
1:mm8 1:mmt 1:3779 1:37dg 1:mt6 1:mtn 1:cdo 1:mud 1:ce0 1:ce0 1:myv 1:mzg 1:n01 1:n0l 1:n2i 1:cgr 1:n50 1:386u 1:n5q
1:389e 1:n74 1:2zrz 1:nbk 1:38v5 1:38vs 1:38zo 1:cn0 1:cnc 1:nhw 1:394j 1:394i 1:395l 1:396b 1:nj2 1:nj3 1:nj3 1:nka
1:cop 1:nm3 1:cp2 1:cra 1:39r1 1:nri 1:nt8 1:nv0 1:ctf 1:3a5i 1:nyu 1:3a8q 1:3a9x 1:o0f 1:o2z 1:cvj 1:o5c 1:o5m
1:o5r 1:3at8 1:3b1j 1:3b1j 1:oa6 1:d1e 1:3b8r 1:og6 1:og9 1:d2f 1:3beo 1:onm 1:d5s 1:oo8 1:oo3 1:oow 1:3c06 1:orn
1:d8h 1:ouf 1:ow2 1:oxx 1:d9w 1:3ciw 1:3cjr 1:dax 1:3cnt 1:p6i 1:3cqm 1:p79 1:pa2 1:pad 1:3d22 1:3d43 1:pcw 1:3d7s
1:pdc 1:33a7 1:ded 1:pf6 1:phf 1:dfv 1:pj2 1:hx1 1:3dlz 1:3dmd 1:33bn 1:33bw 1:poh 1:pok 1:sda 1:dij 1:psh 1:psb
1:pst 1:gc3 1:ptd 1:ptf 1:ptp 1:puu 1:3ebg 1:put 1:pwd 1:pyb 1:q0d 1:pwj 1:q0t 1:q1z 1:q53 1:pxv 1:q16 1:q18 1:q1o
1:3eie 1:3eqz 1:3emt 1:dnv 1:q9d 1:q9f 1:qae 1:3g0a 1:qck 1:3f3g 1:dp9 1:dpd 1:3f75 1:3ff6 1:dpn 1:qj4 1:qjg 1:qjr
1:qjt 1:qll 1:qko 1:qoe 1:qn6 1:qrd 1:qp4 1:qqz 1:qrq 1:dsn 1:qu9 1:qv5 1:dtl 1:qxs 1:qxv 1:3giv 1:r13 1:r1a 1:dv9
1:r22 1:aez 1:3gz2 1:3h46 1:dz2 1:dzb 1:rds 1:rfx 1:rka 1:rpx 1:3hrc 1:rsb 1:rsx 1:rvf 1:rxz 1:3i9b 1:2upw 1:s0b
1:rzw 1:s1c 1:2uvy 1:s7o 1:sag 1:3jki 1:3jl9 1:sk4 1:smp 1:snl 1:3ju6 1:snv 1:svs 1:t07 1:t08 1:sxo 1:t89 1:t91
1:3ksa 1:tjf 1:ej9 1:tkn 1:3l2v 1:eli 1:ts3 1:iia 1:tur 1:3ltx 1:3lzu 1:epa 1:epi 1:u00 1:3mdm 1:er6 1:3mhi 1:u17
1:u17 1:u21 1:3mpi 1:u76 1:eur 1:u95 1:ucn 1:ude 1:uf2 1:ez2 1:3nsg 1:umq 1:uv4 1:v0d 1:f66 1:f71 1:v3b 1:3owe 1:f7c
1:3oxx 1:3p5a 1:3p8x 1:vcr 1:f9y 1:veh 1:vem 1:vet 1:vf3 1:vfa 1:vgb 1:3pxc"""

NEVER_COMPOSED = """\
n4 n5 n7 n8 ok ou p3 1ug 1uh 1ui 1uj 1uk 1ul 1um 1un 1y4 1y5 1y7 20j 20m 21l 21m 21n 21q 28s 28t 30j 30t 30y 313 318
31l 31v 31x 31y 320 329 32r 331 336 33b 33g 33t 67l 67n 67p 67r 67t 67v 67x 69n 69q 6a1 6a3 6ab 6aj 6ar 6az 6b2 6b3
6bd 6bf 6bh 6bk 6bl 6jq 6ju 6jv 6y1 6y2 8gs 1d6o 1d6p 1d6q 1d6r 1d6s 1d6t 1d6u 1d6v 1d6w 1d6x 1d6y 1d6z 1d70 1d71
1d72 1d73 1d74 1d75 1d76 1d77 1d78 1d79 1d7a 1d7b 1d7c 1d7d 1d7e 1d7f 1d7g 1d7h 1d7i 1d7j 1d7k 1d7l 1d7m 1d7n 1d7o
1d7p 1d7q 1d7r 1d7s 1d7t 1d7u 1d7v 1d7w 1d7x 1d7y 1d7z 1d80 1d81 1d82 1d83 1d84 1d85 1d86 1d87 1d88 1d89 1d8a 1d8b
1d8c 1d8d 1d8e 1d8f 1d8g 1d8h 1d8i 1d8j 1d8k 1d8l 1d8m 1d8n 1d8o 1d8p 1d8q 1d8r 1d8s 1d8t 1d8u 1d8v 1d8w 1d8x 1d8y
1d8z 1d90 1d91 1d92 1d93 1d94 1d95 1d96 1d97 1d98 1d99 1d9a 1d9b 1d9c 1d9d 1d9e 1d9f 1d9g 1d9h 1d9i 1d9j 1d9k 1d9l
1d9m 1d9n 1d9o 1d9p 1d9q 1d9r 1d9s 1d9t 1d9u 1d9v 1d9w 1d9x 1d9y 1d9z 1da0 1da1 1da2 1da3 1da4 1da5 1da6 1da7 1da8
1da9 1daa 1dab 1dac 1dad 1dae 1daf 1dag 1dah 1dai 1daj 1dak 1dal 1dam 1dan 1dao 1dap 1daq 1dar 1das 1dat 1dau 1dav
1daw 1dax 1day 1daz 1db0 1db1 1db2 1db3 1db4 1db5 1db6 1db7 1db8 1db9 1dba 1dbb 1dbc 1dbd 1dbe 1dbf 1dbg 1dbh 1dbi
1dbj 1dbk 1dbl 1dbm 1dbn 1dbo 1dbp 1dbq 1dbr 1dbs 1dbt 1dbu 1dbv 1dbw 1dbx 1dby 1dbz 1dc0 1dc1 1dc2 1dc3 1dc4 1dc5
1dc6 1dc7 1dc8 1dc9 1dca 1dcb 1dcc 1dcd 1dce 1dcf 1dcg 1dch 1dci 1dcj 1dck 1dcl 1dcm 1dcn 1dco 1dcp 1dcq 1dcr 1dcs
1dct 1dcu 1dcv 1dcw 1dcx 1dcy 1dcz 1dd0 1dd1 1dd2 1dd3 1dd4 1dd5 1dd6 1dd7 1dd8 1dd9 1dda 1ddb 1ddc 1ddd 1dde 1ddf
1ddg 1ddh 1ddi 1ddj 1ddk 1ddl 1ddm 1ddn 1ddo 1ddp 1ddq 1ddr 1dds 1ddt 1ddu 1ddv 1ddw 1ddx 1ddy 1ddz 1de0 1de1 1de2
1de3 1de4 1de5 1de8 1dea 1ded 1dee 1def 1deg 1deh 1dei 1dej 1dek 1del 1dem 1deo 1deq 1det 1deu 1dey 1dez 1df0 1df1
1df2 1df3 1df4 1df5 1df6 1df7 1df8 1df9 1dfa 1dfb 1dfc 1dfd 1dfe 1dff 1dfg 1dfh 1dfi 1dfj 1dfk 1dfl 1dfm 1dfn 1dfo
1dfp 1dfq 1dfr 1dfs 1dft 1dfu 1dfv 1dfw 1dfx 1dfy 1dfz 1dg0 1dg1 1dg2 1dg3 1dg4 1dg5 1dg6 1dg7 1dg8 1dg9 1dga 1dgb
1dgc 1dgd 1dge 1dgf 1dgg 1dgh 1dgi 1dgj 1dgk 1dgl 1dgm 1dgn 1dgo 1dgp 1dgq 1dgr 1dgs 1dgt 1dgw 1dgx 1dgy 1dgz 1dh0
1dh1 1dh2 1dh3 1dh4 1dh5 1dh6 1dh7 1dh8 1dh9 1dha 1dhb 1dhc 1dhd 1dhe 1dhf 1dhg 1dhh 1dhi 1dhj 1dhk 1dhl 1dhm 1dhn
1dho 1dhp 1dhq 1dhr 1dhs 1dht 1dhu 1dhv 1dhw 1dhx 1dhy 1dhz 1di0 1di1 1di2 1di3 1di4 1di5 1di6 1di7 1di8 1di9 1dia
1dib 1dic 1did 1die 1dif 1dig 1dih 1dii 1dij 1dik 1dil 1dim 1din 1dio 1dip 1diq 1dir 1dis 1dit 1diu 1div 1diw 1dix
1diy 1diz 1dj0 1dj1 1dj2 1dj3 1dj4 1dj5 1dj6 1dj7 1dj8 1dj9 1dja 1djb 1djc 1djd 1dje 1djf 1djg 1djh 1dji 1djj 1djk
1djl 1djm 1djn 1djo 1djp 1djq 1djr 1djs 1djt 1dlp 1dlr 1dm2 1dm3 1dm4 1dm5 1dm6 1dm7 1dm8 1dm9 1dma 1dmb 1dmc 1dmd
1dme 1dmg 1dmh 1dmi 1dmj 1dmk 1dmm 1dmo 1dmp 1dmr 1dms 1dmu 1dmv 1dmw 1dmx 1dmy 1dmz 1dn0 1dn1 1dn2 2jxa 2jxb 2jxc
2jxd 2jxe 2jxf 2jxg 2jzv 2jzw 2jzx 2jzy 2jzz 2k00 464g 464h 464i 464j 464k 464l 464m 464n 464o 464p 464q 464r 464s
464t 464u 464v 464w 464x 464y 464z 4650 4651 4652 4653 4654 4655 4656 4657 4658 4659 465a 465b 465c 465d 465e 465f
465g 465h 465i 465j 465k 465l 465m 465n 465o 465p 465q 465r 465s 465t 465u 465v 465w 465x 465y 465z 4660 4661 4662
4663 4664 4665 4666 4667 4668 4669 466a 466b 466c 466d 466e 466f 466g 466h 466i 466j 466k 466l 466m 466n 466o 466p
466q 466r 466s 466t 466u 466v 466w 466x 466y 466z 4670 4671 4672 4673 4674 4675 4676 4677 4678 4679 467a 467b 467c
467d 467e 467f 467g 467h 467i 467j 467k 467l 467m 467n 467o 467p 467q 467r 467s 467t 467u 467v 467w 467x 467y 467z
4680 4681 4682 4683 4684 4685 4686 4687 4688 4689 468a 468b 468c 468d 468e 468f 468g 468h 468i 468j 468k 468l 468m
468n 468o 468p 468q 468r 468s 468t 468u 468v 468w 468x 468y 468z 4690 4691 4692 4693 4694 4695 4696 4697 4698 4699
469a 469b 469c 469d 469e 469f 469g 469h 469i 469j 469k 469l 469m 469n 469o 469p 469q 469r 469s 469t 469u 469v 469w
469x 469y 469z 46a0 46a1 46a2 46a3 46a4 46a5 46a6 46a7 46a8 46a9 46aa 46ab 46ac 46ad 46ae 46af 46ag 46ah 46ai 46aj
46ak 46al 46am 46an 46ao 46ap 46aq 46ar 46as 46at 46au 46av 46aw 46ax 46ay 46az 46b0 46b1 46b2 46b3 46b4 46b5 46b6
46b7 46b8 46b9 46ba 46bb 46bc 46bd 46be 46bf 46bg 46bh 46bi 46bj 46bk 46bl 46bm 46bn 46bo 46bp 46bq 46br 46bs 46bt
46bu 46bv 46bw 46bx 46by 46bz 46c0 46c1 46c2 46c3 46c4 46c5 46c6 46c7 46c8 46c9 46ca 46cb 46cc 46cd 46ce 46cf 46cg
46ch 46ci 46cj 46ck 46cl 46cm 46cn 46co 46cp 46cq 46cr 46cs 46ct 46cu 46cv 46cw 46cx 46cy 46cz 46d0 46d1 46d2 46d3
46d4 46d5 46d6 46d7 46d8 46d9 46da 46db 46dc 46dd 46de 46df 46dg 46dh 46di 46dj 46dk 46dl 46dm 46dn 46do 46dp 46dq
46dr 46ds 46dt 46du 46dv 46dw 46dx 46dy 46dz 46e0 46e1 46e2 46e3 46e4 46e5 46e6 46e7 46e8 46e9 46ea 46eb 46ec 46ed
46ee 46ef 46eg 46eh 46ei 46ej 46ek 46el 46em 46en 46eo 46ep 46eq 46er 46es 46et 46eu 46ev 46ew 46ex 46ey 46ez 46f0
46f1 46f2 46f3 46f4 46f5 46f6 46f7 46f8 46f9 46fa 46fb 46fc 46fd 46fe 46ff 46fg 46fh 46fi 46fj 46fk 46fl 46fm 46fn
46fo 46fp 46fq 46fr 46fs 46ft 46fu 46fv 46fw 46fx 46fy 46fz 46g0 46g1 46g2 46g3 46g4 46g5 46g6 46g7 46g8 46g9 46ga
46gb 46gc 46gd 46ge 46gf 46gg 46gh 46gi 46gj 46gk 46gl 46gm 46gn 46go 46gp 46gq 46gr 46gs 46gt 46gu 46gv 46gw 46gx
46gy 46gz 46h0 46h1 46h2 46h3 46h4 46h5 46h6 46h7 46h8 46h9 46ha 46hb 46hc 46hd 46he 46hf 46hg 46hh 46hi 46hj 46hk
46hl 46hm 46hn 46ho 46hp 46hq 46hr 46hs 46ht 46hu 46hv 46hw 46hx 46hy 46hz 46i0 46i1 46i2 46i3 46i4 46i5 46i6 46i7
46i8 46i9 46ia 46ib 46ic 46id 46ie 46if 46ig 46ih 46ii 46ij 46ik 46il 46im 46in 46io 46ip 46iq 46ir 46is 46it 46iu
46iv 46iw 46ix 46iy 46iz 46j0 46j1 46j2 46j3 46j4 46j5 46j6 46j7 46j8 46j9 46ja 46jb 46jc 46jd 46je 46jf 46jg 46jh"""
