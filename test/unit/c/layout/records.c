/* Made at random (seed 20260101); records.txt says how gcc 12 lays them out: name, size, alignment, then members @bytes or :bit+width. */
enum e { A, B = 5 };
enum n { C = -1, D };
struct __attribute__((packed)) s0 { signed char f0; unsigned long f1; unsigned f2[3]; enum n f3; } v0;
struct __attribute__((packed)) s1 { long : 0; unsigned short f1; unsigned short f2 __attribute__((aligned(2))); short f3[3]; unsigned char f4 : 1; unsigned : 0; _Bool f6 : 1; } v1;
struct s2 { unsigned f0 : 9; long f1; } v2;
struct __attribute__((packed)) s3 { _Bool f0; long long f1 : 14; int f2 : 10; long long : 3; } v3;
struct s4 { char f0[0]; } v4;
struct s5 { int f0 : 25; enum e f1 : 29; enum n f2 : 15; double f3; unsigned f4 : 28; } v5;
struct __attribute__((packed)) s6 { long f0[3]; unsigned f1 : 7; enum e f2 : 25; unsigned char f3 : 1; unsigned char f4 : 1; struct s3 f5[1]; int f6; } v6;
struct s7 { struct s0 f0[1]; long long f1; int f2[2]; unsigned f3 __attribute__((packed)); int (*f4)(void); } v7;
struct s8 { enum n f0[1]; signed char f1 : 2; char f2; } v8;
struct s9 { unsigned f0[1]; enum e f1; unsigned char f2 __attribute__((packed)); double f3; unsigned long f4 : 41; int f5; short : 0; } v9;
struct s10 { signed char f0 : 2; unsigned char : 0; unsigned : 3; signed char f3 : 1 __attribute__((aligned(16))); long f4; char f5; short : 0; } v10;
struct s11 { _Bool f0 : 1 __attribute__((aligned(8))); unsigned long f1 : 15; enum e f2 : 9; enum e f3 : 30; unsigned char f4 : 7; char f5 : 1; } v11;
struct s12 { enum e f0 : 8; unsigned char f1; long double f2 __attribute__((aligned(32))); _Bool f3 : 1; char f4 : 4; } v12;
struct s13 { _Bool f0; enum e f1; } v13;
struct s14 { long double f0; int f1; short f2 : 16; struct s10 f3; struct s6 f4; unsigned long : 6; short f6 : 7 __attribute__((aligned(8))); } v14;
struct __attribute__((packed)) s15 { unsigned char f0[0]; } v15;
struct s16 { unsigned short f0 __attribute__((packed)); unsigned char f1; struct s4 f2; long long f3 : 12; signed char f4 : 7; unsigned char f5; } v16;
struct s17 { unsigned short f0 : 2; } v17;
struct s18 { unsigned char f0 : 2; unsigned short f1; unsigned char f2; char f3 : 2; long double f4; long f5; } v18;
struct __attribute__((packed)) s19 { short f0 : 9; } __attribute__((aligned(16))) v19;
struct __attribute__((packed)) s20 { long long f0 : 11 __attribute__((packed)); float f1; unsigned long f2 : 7 __attribute__((packed)); } v20;
struct s21 { long long f0 : 2; enum e f1 : 8; long f2[1]; } v21;
struct s22 { int f0 : 21; } v22;
struct s23 { unsigned short : 7; unsigned long : 7; int f2; _Bool f3 : 1; unsigned char f4; } v23;
struct s24 { long double f0; enum e f1 : 3; char : 0; unsigned f3[2]; unsigned short f4 : 7; } __attribute__((aligned(16))) v24;
struct s25 { float f0; short : 7; unsigned short f2; long f3[1]; short : 0; char f5; } v25;
struct s26 { _Bool f0 : 1 __attribute__((aligned(32))); struct s22 f1; char : 2; short : 6; enum e f4 : 7; unsigned char f5; } v26;
struct __attribute__((packed)) s27 { short f0 : 9; } v27;
struct s28 { _Bool f0 : 1; char f1; unsigned short f2[1]; unsigned char : 3; unsigned char f4; unsigned short : 0; float f6; } v28;
struct s29 { signed char f0 : 5; short f1; } v29;
#pragma pack(push, 4)
struct s30 { unsigned char f0; int f1 : 25; float f2; unsigned short f3 : 2; } v30;
#pragma pack(pop)
#pragma pack(push, 1)
struct s31 { long f0[3]; short f1 : 9; signed char f2 : 1; long f3 __attribute__((aligned(16))); long f4[1]; int f5[2]; } v31;
#pragma pack(pop)
struct __attribute__((packed)) s32 { unsigned char f0 : 1; short f1 : 3; } v32;
struct s33 { int (*f0)(void); unsigned f1; enum e f2; long long : 4; char f4; _Bool f5 : 1; } v33;
struct s34 { enum e f0 : 25 __attribute__((aligned(4))); unsigned short f1; struct s7 f2; } v34;
struct s35 { float f0; enum e f1 : 13; long f2; unsigned : 2; unsigned long f4 : 17; } v35;
struct __attribute__((packed)) s36 { struct s26 f0; } v36;
struct s37 { _Bool f0; long long f1[2]; _Bool f2 __attribute__((aligned(32))); long f3 __attribute__((aligned(32))); long f4; enum e f5; long f6; } v37;
struct s38 { char f0; } v38;
struct s39 { short f0 : 3; enum n f1; int f2 : 18; } v39;
union s40 { struct s10 f0; unsigned long f1; long long : 5; struct s9 f3; } v40;
struct __attribute__((packed)) s41 { struct s12 f0 __attribute__((packed)); double f1; enum n f2 : 17; signed char : 3; } v41;
struct s42 { long long f0 : 14; int (*f1)(void) __attribute__((packed)); unsigned f2 : 25 __attribute__((aligned(16))); short f3; } v42;
struct s43 { unsigned short f0 : 7; struct s42 f1; int f2; double f3; } v43;
struct s44 { unsigned short f0 : 5 __attribute__((aligned(16))); void * f1; long long f2[2]; long f3 : 7; enum e f4 : 11; char f5 : 8; long double f6 __attribute__((aligned(8))); } v44;
struct s45 { unsigned char f0 : 3; long long f1; double f2; int f3; struct s20 f4[1]; long f5 : 38; } v45;
struct s46 { unsigned char f0 : 1; unsigned char f1 : 7; unsigned long f2 : 54; enum n f3; unsigned short f4; short f5 : 9; int (*f6)(void); } v46;
union s47 { short f0 : 9 __attribute__((aligned(32))); long long : 3; long long f2; short f3; } v47;
struct s48 { long double f0; enum n f1[1]; int f2 : 18; struct s11 f3 __attribute__((packed)); long double f4; } v48;
struct s49 { unsigned short f0; short f1 : 5; double f2; unsigned short f3 : 5; } v49;
struct __attribute__((packed)) s50 { short f0; unsigned short f1; } v50;
struct __attribute__((packed)) s51 { char : 5; unsigned char f1 : 1; } v51;
struct s52 { enum n f0[1] __attribute__((packed)); unsigned short f1 : 2; } v52;
struct s53 { unsigned short f0 : 2; struct s10 f1; int (*f2)(void); enum n f3 : 8; struct s46 f4[3]; char f5; int f6 : 27; } v53;
struct s54 { void * f0 __attribute__((packed)); struct s32 f1[2]; int f2; char f3 : 4; signed char f4; } __attribute__((aligned(16))) v54;
struct __attribute__((packed)) s55 { enum e f0 : 25; unsigned long f1 : 23; enum n f2 : 24; char f3; union s47 f4; signed char f5 : 1 __attribute__((packed)); } v55;
struct __attribute__((packed)) s56 { unsigned f0[3]; unsigned char f1 : 1; enum n f2[0]; unsigned char f3 : 1 __attribute__((aligned(32))); } v56;
struct s57 { struct s38 f0[2]; _Bool f1 : 1; _Bool f2 : 1; long f3; } v57;
struct s58 { int (*f0)(void); unsigned long f1; _Bool f2 : 1; int f3 : 21; long f4[0]; unsigned f5 : 8 __attribute__((aligned(8))); long long f6 : 14; } v58;
struct s59 { char f0 : 2; unsigned short f1; } v59;
struct s60 { long double f0; char : 6; int f2 : 20; short f3 : 11; unsigned f4[1]; } v60;
struct s61 { int f0; unsigned long f1 : 15; short f2; struct s33 f3[2]; long double f4; unsigned : 7; } v61;
struct __attribute__((packed)) s62 { unsigned : 0; unsigned short f1 : 7; int (*f2)(void); unsigned f3 : 25; long long f4[1]; unsigned char f5 : 1; } __attribute__((aligned(4))) v62;
struct s63 { _Bool f0; long long f1 : 16; long f2; enum n f3 : 29; int (*f4)(void); unsigned long f5 : 8; long long f6 : 36; } __attribute__((aligned(8))) v63;
struct s64 { unsigned long f0; long long f1 : 10; short f2; unsigned long f3 __attribute__((packed)); } v64;
struct s65 { unsigned : 0; char f1 : 3; struct s56 f2[2]; long long f3; struct s14 f4; enum n f5 : 23; long f6 : 38 __attribute__((aligned(2))); } __attribute__((aligned(8))) v65;
struct s66 { unsigned short f0 : 14; signed char f1 : 8; signed char f2; int f3 __attribute__((aligned(4))); signed char f4 __attribute__((aligned(32))); long long f5[0]; enum n f6; } v66;
struct __attribute__((packed)) s67 { unsigned f0 : 25; enum e f1 : 13; unsigned short : 3; _Bool f3 : 1; unsigned long f4 : 9 __attribute__((packed)); unsigned long f5 : 9; } v67;
#pragma pack(push, 2)
struct s68 { int (*f0)(void); unsigned : 2; short f2[0]; long long f3; enum e f4 : 10; _Bool f5 : 1; } v68;
#pragma pack(pop)
struct __attribute__((packed)) s69 { struct s10 f0; signed char f1 : 1; long f2; _Bool f3 : 1; short : 0; struct s15 f5 __attribute__((aligned(16))); struct s30 f6; } v69;
struct s70 { signed char f0 : 6; short f1; } v70;
struct s71 { char f0; int f1[1]; void * f2; char f3 : 4; enum n f4 : 22; int f5 : 10; struct s12 f6[1]; } v71;
struct s72 { long f0 : 1; long f1; } __attribute__((aligned(2))) v72;
struct s73 { _Bool f0; char f1 : 7; int f2 __attribute__((packed)); unsigned f3 : 32; enum n f4 : 2; unsigned f5; } v73;
struct s74 { unsigned short f0 : 2; enum e f1; enum n f2 : 20; double f3 __attribute__((aligned(32))); short f4 : 8; } v74;
struct __attribute__((packed)) s75 { long long f0 : 55; long long f1; unsigned short f2 : 5; unsigned f3; long double f4; _Bool f5; } v75;
struct s76 { struct s71 f0; } __attribute__((aligned(4))) v76;
struct s77 { unsigned f0; enum n f1 __attribute__((aligned(8))); enum e f2; char : 3; _Bool f4[2]; struct s54 f5[1]; _Bool f6 : 1; } v77;
struct s78 { char f0 : 6; unsigned long f1[1]; enum e f2 : 2 __attribute__((aligned(16))); long f3 : 25; long long f4; } v78;
struct s79 { int f0 : 31; unsigned f1 : 11; unsigned char f2 __attribute__((aligned(2))); } v79;
struct s80 { enum e f0 : 4; } v80;
struct s81 { char f0 : 7; short f1 : 6; struct s30 f2; _Bool f3 : 1; long double f4; float f5 __attribute__((aligned(8))); float f6; } v81;
struct s82 { unsigned short f0 : 9; unsigned : 1; short f2 : 7; unsigned f3; unsigned f4[2] __attribute__((aligned(32))); char f5 : 6; } v82;
struct s83 { enum n f0; signed char f1[2] __attribute__((packed)); enum e f2; _Bool f3[2]; unsigned char f4 : 8; } v83;
#pragma pack(push, 1)
struct s84 { enum n f0 : 6; unsigned long : 0; unsigned f2 : 8; double f3; char f4; } v84;
#pragma pack(pop)
struct __attribute__((packed)) s85 { struct s25 f0[3]; unsigned long f1[3] __attribute__((packed)); _Bool f2 : 1; int : 3; long long f4 : 27; int (*f5)(void) __attribute__((aligned(8))); short f6 : 8; } v85;
struct s86 { char f0 : 7; long double f1; char f2; int (*f3)(void); float f4; } __attribute__((aligned(8))) v86;
#pragma pack(push, 1)
struct s87 { float f0 __attribute__((aligned(16))); short f1[1]; long long : 0; signed char f3; short f4; long f5[3]; } __attribute__((aligned(16))) v87;
#pragma pack(pop)
union s88 { enum e f0 : 32; struct s73 f1[3]; unsigned long f2; enum e f3 : 27; long f4; struct s77 f5; signed char : 0; } v88;
struct s89 { unsigned f0 : 16; } v89;
struct s90 { double f0; signed char f1 : 8; unsigned short f2 : 3; unsigned short f3 : 13; unsigned : 3; struct s67 f5; } v90;
struct s91 { int f0; long f1; enum n f2[3]; float f3 __attribute__((packed)); } v91;
struct s92 { short f0 : 3; struct s85 f1[3]; struct s33 f2; short f3[0]; long double f4; } v92;
struct s93 { unsigned char f0; int f1; unsigned f2 : 19; signed char f3 : 1 __attribute__((aligned(8))); unsigned long f4 : 11; float f5; } v93;
struct s94 { _Bool f0 : 1; _Bool f1; enum n f2 : 14; short f3; int f4 __attribute__((aligned(32))); long double f5; } v94;
union s95 { struct s54 f0; void * f1; } v95;
union s96 { enum e f0; long f1; enum e f2 : 18 __attribute__((aligned(16))); enum e f3 : 15; unsigned short f4 : 3; unsigned long f5 : 11; } v96;
struct s97 { long f0 : 47; unsigned long : 4; int f2 : 25 __attribute__((aligned(8))); } v97;
struct __attribute__((packed)) s98 { unsigned char f0 : 1; signed char f1[1]; } v98;
struct s99 { long long f0; float f1; } v99;
struct s100 { _Bool f0; char f1[3]; unsigned char f2; double f3; unsigned char : 3; char f5 : 5; } v100;
struct s101 { _Bool f0 : 1; signed char f1 : 2; double f2; char f3 : 8; } v101;
struct s102 { _Bool f0; long double f1; int f2 : 28; int f3 : 8; long long : 1; enum e f5 : 7; enum n f6 : 4; } v102;
struct s103 { unsigned short f0[1]; } v103;
struct s104 { unsigned char f0 : 2; _Bool f1; _Bool f2 : 1; } v104;
union __attribute__((packed)) s105 { short : 6; int : 0; unsigned char : 0; long f3; int f4 : 16 __attribute__((packed)); signed char f5 : 1; } v105;
#pragma pack(push, 2)
struct s106 { int f0[1]; enum n f1; unsigned long f2 : 47; char f3 : 1; struct s43 f4[2]; unsigned f5[3] __attribute__((packed)); } v106;
#pragma pack(pop)
struct s107 { enum e f0 : 25; char f1; struct s13 f2; int : 5; float f4; enum n f5 : 19; } v107;
struct s108 { unsigned short f0 : 12; enum e f1; struct s90 f2; long long f3[3]; struct s12 f4; } v108;
#pragma pack(push, 1)
struct s109 { double f0; } v109;
#pragma pack(pop)
struct s110 { unsigned : 0; unsigned long f1 : 32; void * f2; } v110;
struct __attribute__((packed)) s111 { enum n f0 : 25; short : 7; enum n f2 : 3; unsigned f3 : 17; char f4; short f5 : 4 __attribute__((aligned(4))); struct s51 f6; } v111;
struct s112 { char f0; unsigned f1; } v112;
struct s113 { signed char f0 __attribute__((packed)); enum n f1 : 2; unsigned long f2; long long f3 : 26 __attribute__((packed)); long double f4; long long f5 : 60; } v113;
struct s114 { long f0[1]; } v114;
union s115 { enum e f0 : 7; enum e f1 : 24 __attribute__((packed)); _Bool f2 __attribute__((aligned(32))); signed char f3 : 7; _Bool f4 : 1; int f5 : 5; } __attribute__((aligned(2))) v115;
struct __attribute__((packed)) s116 { long f0 : 23; _Bool f1 : 1; enum n f2; _Bool f3 : 1; unsigned short f4 : 9; long f5 : 36; } v116;
struct s117 { long f0 : 20; _Bool f1 : 1; short f2[2]; signed char f3 : 1; enum e f4; } v117;
struct s118 { unsigned short f0[1] __attribute__((aligned(8))); int f1 : 12; signed char f2 : 8; short f3; } v118;
union s119 { char f0[2]; int f1 : 17 __attribute__((aligned(16))); } v119;
struct s120 { struct s39 f0; } v120;
struct s121 { struct s68 f0; unsigned f1 __attribute__((aligned(2))); long f2; unsigned char f3; char f4; } v121;
union s122 { double f0 __attribute__((packed)); enum n f1 : 10; struct s29 f2; signed char : 4; _Bool f4 : 1; struct s29 f5[1]; long long f6; } v122;
struct __attribute__((packed)) s123 { _Bool f0; char f1 : 1; int (*f2)(void); } v123;
struct s124 { unsigned char f0 : 2; long f1 : 16; unsigned f2; long long f3 : 11; } v124;
struct s125 { int f0 : 13 __attribute__((aligned(32))); } v125;
struct __attribute__((packed)) s126 { _Bool f0; unsigned f1; long : 6; unsigned char : 0; enum e f4; enum n f5 : 12; } v126;
struct s127 { char f0 : 7; long f1 : 23; } v127;
struct s128 { long f0 : 54; } v128;
#pragma pack(push, 8)
struct s129 { short f0 : 9 __attribute__((packed)); signed char f1 : 1; long long f2; float f3; int f4 : 8 __attribute__((packed)); } v129;
#pragma pack(pop)
union s130 { struct s29 f0; void * f1; unsigned long f2 : 64; int f3 : 4; signed char f4 : 3; } __attribute__((aligned(2))) v130;
union s131 { char f0 : 8; unsigned long f1[3] __attribute__((aligned(2))); _Bool f2 : 1; enum n f3 : 6; short f4 : 2 __attribute__((packed)); enum n f5 : 21 __attribute__((aligned(8))); short f6 __attribute__((packed)); } v131;
#pragma pack(push, 8)
struct __attribute__((packed)) s132 { struct s34 f0; double f1; enum e f2 : 15; _Bool f3 : 1; char f4; _Bool f5 : 1 __attribute__((packed)); char f6[1]; } v132;
#pragma pack(pop)
struct s133 { enum e f0[0]; struct s117 f1; long long : 3; int f3 : 29; double f4; } v133;
struct __attribute__((packed)) s134 { unsigned short f0 : 9; struct s5 f1[2]; signed char f2 : 1; } v134;
struct s135 { unsigned long f0 : 63; short f1 : 9; unsigned char f2 : 4; } v135;
struct s136 { struct s39 f0 __attribute__((aligned(2))); double f1; unsigned char f2 : 3; unsigned char f3[2]; enum e f4 : 4 __attribute__((packed)); signed char f5 : 5; enum e f6; } v136;
struct s137 { long : 0; int z; } v137;
union s138 { int f0; long double f1; unsigned char f2[2]; struct s19 f3[3]; } v138;
struct __attribute__((packed)) s139 { int (*f0)(void); unsigned long f1; _Bool f2 : 1; } v139;
#pragma pack(push, 4)
struct s140 { _Bool f0 : 1; char f1; struct s118 f2; } v140;
#pragma pack(pop)
union __attribute__((packed)) s141 { unsigned f0 : 10; short f1; enum n f2 : 16; unsigned char : 4; int f4; } __attribute__((aligned(2))) v141;
struct s142 { double f0; unsigned short f1 : 14; long long f2[2]; long f3 : 37; _Bool f4; } v142;
struct s143 { unsigned short f0 : 6; unsigned short f1[2]; int f2[2]; } v143;
struct s144 { struct s37 f0; } v144;
struct __attribute__((packed)) s145 { unsigned f0 : 18; char f1; struct s142 f2[3]; char f3[3]; short f4; short f5 : 9; short f6 : 6; } v145;
struct s146 { float f0; long long f1; unsigned f2 : 25 __attribute__((packed)); enum n f3 : 9; unsigned f4 : 25 __attribute__((aligned(2))); double f5; } v146;
struct __attribute__((packed)) s147 { enum e f0[2]; double f1; float f2; unsigned short f3; enum n f4 : 25 __attribute__((packed)); unsigned f5 : 2; } v147;
union s148 { unsigned short f0 : 9 __attribute__((aligned(4))); unsigned char f1; unsigned char f2; char f3[1]; enum e f4 : 1; } v148;
struct s149 { unsigned f0 : 18; char f1 : 1; _Bool f2 : 1; unsigned f3 : 25; unsigned long f4; _Bool f5 : 1; } v149;
struct __attribute__((packed)) s150 { long long f0 : 5 __attribute__((aligned(4))); enum e f1; long f2; long f3 : 32; unsigned short f4 __attribute__((packed)); } v150;
struct s151 { unsigned long f0 : 3; int f1 : 32; } v151;
struct s152 { _Bool f0 : 1; long f1 : 42; short : 7; unsigned short f3; long long f4[1]; short f5; long long f6 : 16; } v152;
#pragma pack(push, 8)
struct __attribute__((packed)) s153 { long long : 0; int z; } v153;
#pragma pack(pop)
struct s154 { unsigned f0 : 12; char f1 : 3; enum e f2 : 26; } v154;
struct s155 { _Bool f0; int f1 : 15; long long f2 __attribute__((aligned(32))); } v155;
union s156 { unsigned char : 1; void * f1; unsigned long f2 : 46; _Bool f3 : 1; short f4 : 7; } v156;
#pragma pack(push, 1)
struct s157 { signed char f0[0]; } v157;
#pragma pack(pop)
#pragma pack(push, 1)
struct s158 { struct s66 f0; int f1 : 25; float f2; unsigned f3 : 20; signed char : 5; unsigned char f5[0]; unsigned long f6[0]; } v158;
#pragma pack(pop)
union s159 { int f0 : 4; } __attribute__((aligned(16))) v159;
struct s160 { short : 4; enum n f1 : 1; } v160;
struct s161 { unsigned char f0; int f1; long double f2; } v161;
struct s162 { double f0; enum e f1 : 5; unsigned f2; long double f3; short f4 : 3; } v162;
struct s163 { _Bool f0; } v163;
struct __attribute__((packed)) s164 { union s115 f0; long f1; unsigned long f2 : 48 __attribute__((aligned(4))); signed char f3; } v164;
struct s165 { double f0; long long f1 : 28; short f2 : 16; } __attribute__((aligned(8))) v165;
struct s166 { unsigned long f0 : 54; char f1 : 7; struct s132 f2[1]; enum n f3[3]; } v166;
struct s167 { char f0 : 3; enum n f1 : 6; unsigned short f2 : 1; long f3; unsigned short f4; short f5; struct s16 f6[1]; } v167;
#pragma pack(push, 8)
struct s168 { enum e f0 : 25 __attribute__((aligned(16))); } v168;
#pragma pack(pop)
struct __attribute__((packed)) s169 { long f0; _Bool f1; _Bool f2[1]; long long : 0; signed char f4[3] __attribute__((aligned(32))); short f5; } v169;
struct s170 { _Bool f0; long double f1; union s141 f2[1]; int f3 : 16; enum n f4; _Bool f5[0]; } v170;
struct s171 { unsigned char f0 : 1; unsigned short f1 : 11; unsigned f2 : 4; } v171;
struct s172 { short f0 : 11; _Bool f1 : 1; long long f2 : 46; signed char f3; struct s31 f4[2] __attribute__((aligned(8))); short f5 : 1; } v172;
struct __attribute__((packed)) s173 { short f0 : 5 __attribute__((packed)); int f1 : 1 __attribute__((aligned(2))); long f2 : 30; short f3 : 9; unsigned char f4 : 1; } __attribute__((aligned(16))) v173;
struct __attribute__((packed)) s174 { long long f0 : 57; short : 0; int f2 : 6; enum n f3 : 14; struct s137 f4; enum n f5 : 19; } v174;
struct s175 { short f0 : 15; unsigned long f1 : 7 __attribute__((packed)); unsigned char f2; int f3; struct s109 f4 __attribute__((packed)); char f5; unsigned long f6 __attribute__((aligned(16))); } v175;
struct __attribute__((packed)) s176 { enum n f0 : 10; unsigned char f1; unsigned f2; unsigned long f3 : 57; } v176;
struct s177 { char f0 : 2; enum e f1; } v177;
#pragma pack(push, 1)
struct s178 { _Bool f0 : 1; unsigned f1 : 25; long f2; int (*f3)(void); _Bool f4; double f5; unsigned short f6; } v178;
#pragma pack(pop)
struct s179 { signed char f0[2]; struct s168 f1; _Bool f2; _Bool f3 : 1; unsigned short : 5; } v179;
struct s180 { char f0[2]; signed char f1; unsigned char f2 __attribute__((aligned(32))); } v180;
#pragma pack(push, 2)
union s181 { unsigned : 0; unsigned long f1 : 48; long f2; unsigned short f3 : 4; struct s171 f4; void * f5; char f6[2]; } v181;
#pragma pack(pop)
union s182 { int (*f0)(void); enum n f1[3]; _Bool f2[0]; } v182;
struct s183 { long long f0; } v183;
struct __attribute__((packed)) s184 { union s47 f0[3]; char f1[3]; signed char : 0; unsigned char f3 : 1; } v184;
struct s185 { unsigned long f0; _Bool f1 : 1 __attribute__((packed)); struct s28 f2[3]; float f3; } v185;
struct s186 { unsigned short f0 : 2 __attribute__((aligned(16))); char f1 : 1 __attribute__((aligned(16))); unsigned long f2; long long f3; } v186;
struct s187 { signed char f0 : 1 __attribute__((aligned(4))); signed char f1 : 7; short f2 : 1; enum n f3 __attribute__((packed)); signed char f4[1] __attribute__((aligned(8))); } v187;
#pragma pack(push, 1)
struct s188 { long long : 0; long f1 : 46; unsigned : 3; enum n f3[2]; struct s100 f4; } v188;
#pragma pack(pop)
struct s189 { enum n f0; } v189;
struct s190 { unsigned long f0 : 59; struct s152 f1; short f2 : 11; unsigned long f3 __attribute__((aligned(2))); unsigned f4 : 2 __attribute__((aligned(16))); char f5 : 5; } v190;
struct s191 { unsigned char f0; signed char f1; signed char f2 : 1; long long f3; unsigned long f4[1]; int f5 : 7; } v191;
struct s192 { long : 0; unsigned long : 3; enum n f2 : 8 __attribute__((aligned(32))); unsigned short f3 : 6; unsigned short f4; short : 0; } v192;
struct s193 { long long f0 : 8; enum n f1; short f2; int f3 : 32; unsigned long f4 : 50; } v193;
struct s194 { float f0; signed char f1; } __attribute__((aligned(2))) v194;
union s195 { signed char f0 : 4; } __attribute__((aligned(4))) v195;
union s196 { unsigned f0; unsigned short f1 : 1 __attribute__((aligned(2))); } v196;
union __attribute__((packed)) s197 { int (*f0)(void); unsigned f1; long f2 : 15; unsigned long f3; unsigned short f4; char f5 : 1; } v197;
struct s198 { unsigned f0 : 8; long long f1 : 10; enum n f2 : 25 __attribute__((packed)); char f3; unsigned f4; unsigned short f5 : 12; union s159 f6; } v198;
struct __attribute__((packed)) s199 { unsigned char f0 : 1; unsigned f1 : 2; unsigned short f2; unsigned char f3 : 1 __attribute__((packed)); } v199;
struct s200 { unsigned char f0[3]; union s47 f1; signed char f2; enum e f3; } v200;
struct s201 { long long f0 : 43; enum e f1; struct s35 f2; struct s93 f3[1]; long long f4; } v201;
struct s202 { enum e f0 : 26; struct s42 f1[3]; } v202;
struct s203 { long long f0 : 60; int f1; enum n f2 : 9; enum n f3[3]; } v203;
struct __attribute__((packed)) s204 { unsigned short f0 : 5; unsigned short f1 : 9; signed char f2 : 1; unsigned long f3 : 30; long double f4; long : 5; long long : 3; } v204;
union s205 { enum n f0; long f1 : 14; unsigned f2[3]; int f3; int f4 : 4; long long f5 : 35; } v205;
struct s206 { unsigned char f0[2]; _Bool f1 : 1; unsigned char f2[1]; unsigned short f3 : 12; } v206;
struct s207 { unsigned char f0; unsigned : 6; } v207;
struct s208 { long f0[0]; char f1; struct s112 f2[2]; unsigned short f3 : 11; int f4; } v208;
struct s209 { long long f0 : 5; double f1; short : 3; char : 0; int f4 : 16; signed char f5 : 2; char : 0; } v209;
struct s210 { unsigned char f0; } v210;
struct s211 { char f0; unsigned long f1 : 15; struct s162 f2 __attribute__((aligned(8))); } v211;
union __attribute__((packed)) s212 { unsigned short f0[1]; } v212;
struct s213 { long long f0 : 50; char f1; char f2 : 6; unsigned char f3[1]; signed char f4; } v213;
struct s214 { short f0[3]; long long : 5; int (*f2)(void); struct s28 f3 __attribute__((aligned(4))); int f4 : 21; unsigned f5 : 6; } v214;
struct s215 { short : 0; short f1; float f2; enum n f3; } v215;
struct s216 { long f0[2]; struct s211 f1; signed char f2 : 8; enum n f3 : 20; signed char f4[3]; struct s98 f5; unsigned f6; } v216;
#pragma pack(push, 2)
struct s217 { unsigned char f0 : 1; } v217;
#pragma pack(pop)
#pragma pack(push, 8)
union s218 { enum n f0 : 21; unsigned long f1; struct s26 f2[2]; struct s165 f3[3]; long long f4; char f5 : 1; } v218;
#pragma pack(pop)
struct s219 { short f0[2]; signed char : 0; short f2 : 10; unsigned long f3 : 21; } v219;
struct s220 { long double f0; unsigned char f1; int f2 __attribute__((aligned(2))); } v220;
struct s221 { long long f0[1]; enum n f1 : 9; int f2; double f3 __attribute__((packed)); } __attribute__((aligned(4))) v221;
struct s222 { unsigned char f0 : 8; short f1; unsigned f2; char f3[0]; unsigned f4; } __attribute__((aligned(8))) v222;
union s223 { double f0; float f1; signed char f2; unsigned char f3[2]; signed char f4 : 1 __attribute__((packed)); unsigned long f5 : 53; short f6; } v223;
struct s224 { struct s217 f0 __attribute__((packed)); int f1 : 31; unsigned short f2 : 16; long f3; } v224;
struct s225 { unsigned long f0; char f1; char f2; } v225;
struct s226 { char f0 : 8; struct s83 f1; _Bool f2[0]; } v226;
struct __attribute__((packed)) s227 { long f0 : 8; enum e f1; } v227;
struct s228 { unsigned short f0; enum n f1; union s131 f2[1]; short f3 : 13; unsigned short f4 : 11; unsigned char f5[0]; struct s36 f6[3]; } v228;
struct s229 { _Bool f0 : 1; unsigned char f1; unsigned long f2 __attribute__((aligned(2))); } v229;
struct s230 { _Bool f0; unsigned long f1[1]; unsigned long f2 : 63; unsigned long f3 __attribute__((packed)); unsigned short f4 : 16; _Bool f5; } v230;
struct s231 { signed char f0; long f1 __attribute__((aligned(2))); _Bool f2 : 1; } v231;
struct s232 { enum n f0 : 27; short f1 : 12; void * f2; signed char f3 : 5; signed char f4 : 2; enum e f5; } v232;
struct s233 { int f0 : 14 __attribute__((packed)); _Bool f1 : 1 __attribute__((aligned(2))); unsigned char f2; unsigned char f3 : 3; unsigned char : 1; } v233;
struct s234 { float f0; _Bool f1; struct s222 f2; long f3; _Bool f4 : 1; unsigned f5 : 8; _Bool f6 : 1; } v234;
#pragma pack(push, 8)
union s235 { _Bool f0 : 1; signed char f1[3] __attribute__((packed)); long long f2; struct s27 f3[1]; enum n f4 : 23; } v235;
#pragma pack(pop)
struct s236 { unsigned short : 0; long f1; int f2; } v236;
#pragma pack(push, 1)
struct s237 { long long f0[2]; short f1 __attribute__((packed)); int f2; unsigned long : 3; } v237;
#pragma pack(pop)
#pragma pack(push, 8)
struct s238 { unsigned short f0[3]; } __attribute__((aligned(8))) v238;
#pragma pack(pop)
struct s239 { float f0; int : 0; } v239;
struct s240 { enum n f0 : 25 __attribute__((packed)); } __attribute__((aligned(4))) v240;
struct s241 { char f0 : 2; unsigned char f1; _Bool f2[1]; short f3; signed char f4; } v241;
#pragma pack(push, 4)
struct __attribute__((packed)) s242 { long f0; signed char f1 : 1; long double f2 __attribute__((packed)); _Bool f3 : 1; long long f4 : 7 __attribute__((packed)); } v242;
#pragma pack(pop)
struct s243 { long f0[3]; short f1; int f2 : 31; void * f3; unsigned f4[2]; char f5 : 1; unsigned short f6; } __attribute__((aligned(16))) v243;
#pragma pack(push, 1)
struct s244 { char f0[0]; unsigned short f1 : 1; unsigned short f2; enum e f3 __attribute__((packed)); } v244;
#pragma pack(pop)
struct s245 { unsigned long f0 : 10; enum n f1; unsigned short f2 : 8; } v245;
#pragma pack(push, 8)
union s246 { _Bool f0[1]; unsigned char f1 __attribute__((aligned(4))); unsigned char : 0; enum n f3 : 25; } v246;
#pragma pack(pop)
struct s247 { struct s64 f0; char f1[3]; double f2; } v247;
struct s248 { int (*f0)(void); struct s128 f1; long double f2; long long f3 : 44; char : 7; } v248;
struct s249 { unsigned long f0[1]; struct s49 f1; struct s151 f2; long f3 : 6; long long f4 : 51; } v249;
union s250 { struct s214 f0; long long f1; } v250;
struct s251 { enum n f0; long : 5; enum e f2 : 15; unsigned char f3 : 7; unsigned char f4 : 1; } v251;
struct s252 { float f0; _Bool f1 : 1; } v252;
struct s253 { unsigned f0; unsigned : 0; char : 1; long f3; } v253;
struct s254 { enum n f0 : 3; short f1; long long f2; long long f3; enum e f4; } v254;
struct s255 { unsigned f0[2] __attribute__((aligned(32))); char f1 : 2; unsigned char : 1; enum e f3[1]; unsigned long : 0; int f5; } v255;
struct __attribute__((packed)) s256 { struct s57 f0; struct s60 f1[3]; unsigned char : 0; char f3[1]; } v256;
struct s257 { void * f0; signed char f1 : 1; void * f2; } v257;
struct __attribute__((packed)) s258 { short f0 : 9; struct s186 f1 __attribute__((aligned(16))); unsigned short f2 : 9; } v258;
#pragma pack(push, 8)
struct s259 { unsigned f0 : 25; } v259;
#pragma pack(pop)
union __attribute__((packed)) s260 { unsigned f0 : 1; } v260;
struct s261 { float f0; } v261;
struct s262 { short f0 : 14; short f1 : 9 __attribute__((aligned(32))); char f2 : 6; unsigned short f3 : 9; long long f4; double f5; } v262;
struct s263 { int f0 : 22 __attribute__((aligned(8))); double f1; signed char : 5; enum e f3[1] __attribute__((aligned(4))); int f4; } v263;
union s264 { long f0 : 6; struct s72 f1[3]; char f2; void * f3; signed char f4; long long f5[0]; } v264;
struct s265 { unsigned char f0 : 4; unsigned char f1; short f2; unsigned short : 0; } v265;
struct s266 { unsigned long : 0; int z; } v266;
#pragma pack(push, 1)
union s267 { enum n f0 : 3; } v267;
#pragma pack(pop)
union s268 { signed char f0 : 8; unsigned long f1 : 1 __attribute__((packed)); char f2[3]; unsigned f3; } v268;
struct __attribute__((packed)) s269 { signed char f0; int f1 : 25; } v269;
union s270 { void * f0; double f1; unsigned f2 : 26; } v270;
#pragma pack(push, 8)
struct s271 { unsigned char f0 __attribute__((aligned(8))); enum e f1 : 12; long double f2; signed char f3 : 1; } v271;
#pragma pack(pop)
struct s272 { _Bool f0 : 1; struct s38 f1 __attribute__((packed)); long f2 : 3; int f3[0] __attribute__((aligned(32))); long long f4; signed char f5; } v272;
struct s273 { unsigned long f0 : 12; char f1 : 6; struct s187 f2; long f3; } v273;
struct __attribute__((packed)) s274 { struct s52 f0[1] __attribute__((packed)); enum n f1 : 25; unsigned short f2 : 6; short f3 : 7; unsigned f4 : 25; unsigned f5 : 25; } v274;
#pragma pack(push, 2)
struct s275 { unsigned short f0 : 9; float f1; float f2; } v275;
#pragma pack(pop)
struct s276 { _Bool f0; unsigned char f1; } __attribute__((aligned(8))) v276;
struct s277 { short f0 : 9 __attribute__((aligned(4))); } v277;
#pragma pack(push, 8)
struct __attribute__((packed)) s278 { int (*f0)(void); } v278;
#pragma pack(pop)
struct s279 { unsigned long f0; unsigned short f1[3]; long long f2[2]; long f3 : 26 __attribute__((packed)); long long f4; signed char f5 : 3; } v279;
struct s280 { enum n f0; int f1 : 12; unsigned short f2 : 6; enum n f3 : 25 __attribute__((packed)); int (*f4)(void); union s182 f5[3]; } v280;
struct s281 { long long f0 : 44; } __attribute__((aligned(2))) v281;
struct __attribute__((packed)) s282 { enum n f0 : 16; unsigned long f1; } v282;
struct s283 { short f0 : 2; char f1 : 5; short f2 : 9; int f3 : 32; } v283;
union s284 { unsigned char f0 : 5; unsigned char f1 : 1; enum e f2 : 30; long long f3; short f4 : 7; enum e f5 __attribute__((aligned(16))); unsigned long f6; } v284;
struct s285 { char : 0; unsigned char f1 : 8; struct s91 f2; unsigned long f3 : 36; float f4; unsigned short f5 : 15; long : 0; } v285;
struct s286 { unsigned short f0; unsigned f1[3] __attribute__((packed)); unsigned f2; } v286;
struct s287 { float f0; float f1; } v287;
struct s288 { unsigned long f0 : 34; _Bool f1 : 1; struct s244 f2; _Bool f3; struct s63 f4 __attribute__((aligned(8))); struct s185 f5; } v288;
struct s289 { unsigned short f0 : 6 __attribute__((aligned(16))); struct s110 f1[3]; long : 3; short : 0; } v289;
struct s290 { unsigned long f0; unsigned short f1 : 4 __attribute__((aligned(16))); _Bool f2 : 1; long f3 : 48; double f4; signed char f5; struct s178 f6[1]; } v290;
struct s291 { long f0 : 8; float f1 __attribute__((aligned(4))); unsigned long f2 : 30; } v291;
struct s292 { long long f0 : 35; enum n f1 : 29; enum n f2 : 1; int : 0; _Bool f4 : 1; int f5[1]; unsigned char f6 : 1; } v292;
struct s293 { signed char : 0; enum e f1 : 17; signed char f2 __attribute__((packed)); enum n f3 : 20 __attribute__((aligned(4))); long long f4 : 50; _Bool f5 : 1; enum e f6 __attribute__((aligned(4))); } v293;
struct s294 { unsigned f0 : 32; } v294;
struct s295 { short f0[1]; } __attribute__((aligned(8))) v295;
struct s296 { unsigned long f0[3]; short f1 : 12; long double f2 __attribute__((packed)); long f3; } v296;
struct __attribute__((packed)) s297 { enum e f0[2]; int : 5; long f2; long long f3; enum n f4 : 4; int (*f5)(void); struct s225 f6; } __attribute__((aligned(2))) v297;
struct __attribute__((packed)) s298 { long f0 : 25; unsigned char : 7; } v298;
union s299 { signed char f0 : 8; float f1; unsigned long f2 : 33; enum n f3 : 4; _Bool f4; unsigned char f5 __attribute__((packed)); enum n f6 : 3; } v299;
struct s300 { enum n f0 : 16; _Bool f1 : 1; enum e f2 __attribute__((aligned(2))); unsigned f3[2]; struct s2 f4[3] __attribute__((packed)); } v300;
union __attribute__((packed)) s301 { unsigned long : 0; int z; } v301;
#pragma pack(push, 2)
struct s302 { unsigned short f0 : 5; unsigned f1; unsigned short f2 : 9; unsigned char f3 : 1; int f4 __attribute__((packed)); } v302;
#pragma pack(pop)
struct s303 { float f0; unsigned short f1[0]; unsigned char f2; signed char f3; unsigned long : 2; } __attribute__((aligned(8))) v303;
struct s304 { unsigned short f0 : 16; unsigned long f1 : 7; double f2 __attribute__((packed)); } v304;
struct s305 { unsigned char f0[3]; long long f1; enum n f2 : 27; unsigned long : 0; int : 0; } v305;
struct s306 { unsigned f0 __attribute__((aligned(16))); unsigned long f1; long long f2 : 57; unsigned f3 : 11; long f4; enum n f5 : 6; unsigned short f6 : 6; } v306;
struct s307 { unsigned short f0 : 10; short f1; long long : 7; enum e f3[1]; unsigned long f4 : 9; long long f5 : 49; } v307;
struct s308 { long double f0; short f1; double f2; double f3; } v308;
struct s309 { int f0 __attribute__((aligned(32))); } v309;
struct s310 { struct s265 f0; unsigned : 0; enum n f2 : 26; int (*f3)(void); unsigned long f4[0]; } v310;
struct s311 { struct s39 f0; unsigned long f1; long f2; } __attribute__((aligned(2))) v311;
struct __attribute__((packed)) s312 { struct s106 f0; struct s127 f1[3]; long long f2; long f3 : 50 __attribute__((packed)); unsigned char : 6; } v312;
struct s313 { int f0; unsigned f1 __attribute__((packed)); short : 6; long long f3 : 36; _Bool f4 : 1; long long f5; } v313;
struct __attribute__((packed)) s314 { int f0 : 19; unsigned f1; } v314;
struct s315 { char f0 : 6; enum e f1; char : 5; unsigned f3 : 1; unsigned f4 : 27; } v315;
#pragma pack(push, 1)
struct __attribute__((packed)) s316 { unsigned f0 : 17; unsigned char f1; int f2 : 24; struct s134 f3 __attribute__((aligned(2))); short f4 : 9; } v316;
#pragma pack(pop)
struct s317 { long f0; } v317;
struct __attribute__((packed)) s318 { enum e f0[3]; long f1; signed char f2; } __attribute__((aligned(8))) v318;
struct __attribute__((packed)) s319 { unsigned long f0 : 29; long f1[2]; double f2; } v319;
struct s320 { _Bool f0; unsigned long f1 : 35; _Bool f2 : 1; unsigned char f3; short f4; } v320;
struct s321 { enum e f0 : 7; enum n f1 : 26; int f2 : 24; _Bool f3 : 1 __attribute__((packed)); long long f4 : 15; unsigned long f5 : 7; enum n f6 : 29; } __attribute__((aligned(2))) v321;
struct s322 { signed char f0 : 7; void * f1; } __attribute__((aligned(8))) v322;
struct s323 { _Bool f0 : 1; void * f1; enum n f2[1]; long long f3 : 22; _Bool f4; } v323;
#pragma pack(push, 1)
struct s324 { int f0; int f1 : 10; unsigned long f2 : 17; } v324;
#pragma pack(pop)
struct s325 { enum n f0; } v325;
union s326 { short : 0; unsigned char f1 : 3; int f2 : 6 __attribute__((packed)); short f3 : 1; unsigned f4; } v326;
struct s327 { unsigned short f0; long long f1 : 18; enum n f2 : 4; } v327;
struct __attribute__((packed)) s328 { unsigned f0[3]; struct s291 f1; } v328;
union s329 { unsigned long f0 : 20; short f1[1]; } v329;
struct s330 { struct s221 f0; unsigned short f1; struct s227 f2[1] __attribute__((packed)); long long f3[1] __attribute__((packed)); unsigned long f4 : 28; unsigned short f5 : 1; } v330;
#pragma pack(push, 1)
struct __attribute__((packed)) s331 { unsigned long : 2; struct s12 f1[3]; short f2 : 9; _Bool f3 : 1 __attribute__((aligned(16))); } v331;
#pragma pack(pop)
struct __attribute__((packed)) s332 { long long f0 __attribute__((aligned(32))); char f1; unsigned long f2; unsigned char f3; unsigned f4 : 25; long long f5 : 57; } v332;
struct s333 { short f0 : 4; enum e f1; enum e f2 : 11; unsigned short f3 : 1; enum n f4; short f5 : 8; } v333;
struct s334 { unsigned long f0[0]; unsigned long f1; } v334;
union s335 { double f0; unsigned long f1 : 10; long f2 : 14; } v335;
struct s336 { char f0 : 1 __attribute__((packed)); long : 7; unsigned long f2 : 20; unsigned char f3; unsigned f4 : 11; char f5 : 1 __attribute__((packed)); short f6[0]; } v336;
struct s337 { unsigned long f0; unsigned char f1 : 8; double f2; unsigned short f3 : 5; _Bool f4; } __attribute__((aligned(8))) v337;
#pragma pack(push, 1)
union s338 { float f0; enum e f1 : 18; struct s48 f2[3]; signed char f3 : 1; float f4; float f5; } v338;
#pragma pack(pop)
union __attribute__((packed)) s339 { enum e f0 : 20; signed char f1; } v339;
struct s340 { unsigned short f0 : 9 __attribute__((packed)); struct s216 f1; struct s310 f2; } v340;
struct s341 { void * f0; double f1; } v341;
struct s342 { void * f0; unsigned long f1 : 14; unsigned long f2 __attribute__((packed)); } v342;
struct s343 { unsigned long f0 : 20; char f1 : 8; } v343;
struct s344 { unsigned char f0; char : 2; signed char f2 __attribute__((aligned(16))); union s223 f3; _Bool f4 : 1; } v344;
struct __attribute__((packed)) s345 { enum n f0[1]; enum n f1[3]; unsigned long f2; void * f3; short f4 : 1; long long f5 : 2; unsigned char f6[0]; } v345;
struct s346 { char f0; _Bool f1 : 1 __attribute__((aligned(2))); short f2[1]; enum e f3 : 5; char f4 : 7; signed char f5 : 5; unsigned char f6[3]; } v346;
struct s347 { short f0; } v347;
#pragma pack(push, 2)
union s348 { enum e f0[3]; signed char f1; long f2 : 43; } v348;
#pragma pack(pop)
struct s349 { short : 6; float f1; long double f2; unsigned char f3[3]; } v349;
struct s350 { unsigned f0[2] __attribute__((aligned(2))); int (*f1)(void); } v350;
#pragma pack(push, 1)
struct s351 { struct s139 f0; char f1 __attribute__((packed)); int f2 : 21; enum n f3; unsigned f4 : 3; char f5; } v351;
#pragma pack(pop)
#pragma pack(push, 4)
struct s352 { unsigned long f0 : 39 __attribute__((aligned(8))); short f1 : 9; enum n f2; signed char f3 : 1; unsigned f4; short f5[3]; } v352;
#pragma pack(pop)
struct s353 { void * f0; } v353;
union s354 { unsigned char f0; long long f1 : 31; unsigned char : 0; long long : 1; unsigned short f4 : 5 __attribute__((aligned(4))); short f5 : 16; } v354;
struct s355 { enum e f0; unsigned short f1[1]; long double f2; } v355;
struct s356 { enum e f0; unsigned short f1 __attribute__((aligned(16))); unsigned short f2; long double f3; unsigned f4 : 11; long long : 4; enum n f6[0]; } v356;
struct s357 { int f0 : 14; short f1; _Bool f2 : 1; unsigned long f3 : 36; char f4 : 2; enum e f5; } v357;
struct s358 { enum e f0 : 16 __attribute__((aligned(16))); enum n f1; } v358;
#pragma pack(push, 8)
struct s359 { struct s37 f0[1]; unsigned f1; unsigned f2 : 19; signed char f3 : 1; } v359;
#pragma pack(pop)
struct s360 { char f0; } v360;
struct s361 { int : 0; short f1; char f2; unsigned short f3; long long f4[1] __attribute__((aligned(2))); enum e f5; union s40 f6 __attribute__((aligned(32))); } v361;
union s362 { char f0 : 1 __attribute__((aligned(4))); _Bool f1 : 1; unsigned short f2 : 12; } v362;
struct s363 { struct s49 f0[3]; double f1; union s115 f2[1]; unsigned f3; short f4 : 12; int f5 : 5; } v363;
union __attribute__((packed)) s364 { short f0[1]; struct s290 f1[1]; char f2 : 1; } v364;
struct s365 { unsigned f0 : 20; _Bool f1 : 1; char f2 : 8; int f3[0]; long long f4 : 4; char f5; short f6 : 15; } __attribute__((aligned(2))) v365;
struct s366 { unsigned short f0 : 10; long double f1; } v366;
struct s367 { long f0[0]; struct s150 f1; struct s22 f2; } v367;
struct s368 { enum e f0 : 30; struct s137 f1; } __attribute__((aligned(4))) v368;
struct __attribute__((packed)) s369 { void * f0 __attribute__((aligned(16))); signed char f1 : 1; signed char f2; signed char f3; unsigned char f4 : 1; int f5[2]; } __attribute__((aligned(4))) v369;
#pragma pack(push, 4)
struct s370 { unsigned long f0 : 5; unsigned char f1; unsigned long : 7; } v370;
#pragma pack(pop)
struct s371 { _Bool f0 : 1 __attribute__((packed)); unsigned long : 0; } v371;
struct s372 { signed char f0 : 7; unsigned f1 : 24; } v372;
struct __attribute__((packed)) s373 { enum n f0 : 11; } v373;
union s374 { struct s48 f0; char f1; long long f2 __attribute__((aligned(16))); char f3 : 6; } v374;
struct s375 { char f0; unsigned char f1 : 3; } v375;
struct s376 { struct s24 f0; char f1; struct s261 f2; } v376;
struct s377 { unsigned f0; char f1 : 8; } v377;
#pragma pack(push, 2)
struct __attribute__((packed)) s378 { int f0 : 19; _Bool f1; enum n f2 : 10; enum n f3; } v378;
#pragma pack(pop)
struct __attribute__((packed)) s379 { unsigned short f0; enum e f1 : 3; long long : 0; } v379;
#pragma pack(push, 4)
struct __attribute__((packed)) s380 { void * f0; unsigned short f1 __attribute__((aligned(4))); enum n f2 : 21; unsigned long f3 : 27; enum e f4 : 25; unsigned char f5 : 1; enum n f6 : 3; } v380;
#pragma pack(pop)
#pragma pack(push, 2)
struct s381 { long long : 0; enum e f1; signed char f2 : 1; signed char f3; unsigned short f4; int : 0; } v381;
#pragma pack(pop)
struct s382 { _Bool f0 : 1; long f1 : 32; struct s129 f2[3]; unsigned long f3 : 23; long f4; signed char f5; unsigned long f6 : 12; } v382;
#pragma pack(push, 1)
struct s383 { unsigned char f0 : 1; struct s23 f1; enum e f2[3]; char f3 : 1; unsigned short f4; } v383;
#pragma pack(pop)
struct s384 { enum e f0; unsigned f1; char f2; } v384;
struct s385 { unsigned long f0 : 53; struct s19 f1[1]; } v385;
#pragma pack(push, 8)
struct s386 { unsigned short f0[2]; long f1; enum n f2 : 22; enum n f3 : 25; } v386;
#pragma pack(pop)
struct __attribute__((packed)) s387 { signed char f0; unsigned long f1 : 57 __attribute__((packed)); } v387;
struct s388 { unsigned long : 1; int z; } v388;
union s389 { unsigned f0 : 3; unsigned f1 : 21; enum e f2 : 29; unsigned char f3 : 2; unsigned long f4[2]; } v389;
struct s390 { short f0 : 11; struct s45 f1; int (*f2)(void); long f3 __attribute__((packed)); enum e f4; long : 7; } v390;
struct s391 { struct s351 f0[2]; } v391;
struct s392 { unsigned f0 : 10; struct s238 f1; unsigned long f2[1]; struct s8 f3; } v392;
struct s393 { unsigned f0 : 23 __attribute__((aligned(2))); } v393;
struct s394 { short f0; short f1 : 8 __attribute__((packed)); enum e f2; unsigned char f3 : 7; short f4 : 11; unsigned long f5 : 16; char f6 : 1 __attribute__((packed)); } v394;
#pragma pack(push, 2)
union s395 { enum n f0 : 25; signed char f1[3]; int f2[2]; } v395;
#pragma pack(pop)
struct __attribute__((packed)) s396 { unsigned char f0 : 1; unsigned char f1; double f2; long long f3; short f4; long f5; void * f6; } v396;
struct s397 { char f0 : 2; double f1; int f2; long f3 : 12; int : 0; } v397;
struct s398 { long f0 : 9; unsigned f1; } v398;
struct s399 { enum n f0 : 21; } v399;
struct s400 { unsigned f0 : 31; unsigned long f1; signed char f2 : 8; char f3; enum n f4 : 4; } v400;
struct __attribute__((packed)) s401 { unsigned short : 1; unsigned : 0; _Bool f2 : 1; short : 0; unsigned long f4; float f5; long long f6; } v401;
struct s402 { _Bool f0[0] __attribute__((packed)); unsigned f1 __attribute__((packed)); } v402;
struct __attribute__((packed)) s403 { enum n f0; int f1; int f2 : 15; } v403;
struct s404 { long double f0; enum e f1 : 29; unsigned f2 : 14; enum n f3; int f4 : 16; long f5; short f6 : 9 __attribute__((packed)); } v404;
struct __attribute__((packed)) s405 { int : 2; _Bool f1 : 1; short f2 : 9; unsigned short f3; } v405;
struct s406 { long : 2; _Bool f1; long f2 : 21 __attribute__((packed)); _Bool f3 : 1; float f4; unsigned short f5; } v406;
struct s407 { short f0; unsigned f1 : 21; enum n f2[3]; struct s288 f3; } v407;
struct s408 { double f0; signed char f1 : 1 __attribute__((aligned(2))); char f2 : 5; int : 7; char f4[2] __attribute__((aligned(4))); enum n f5 : 32; } v408;
struct s409 { unsigned f0 : 11; int f1 : 6; _Bool f2 : 1; } v409;
union s410 { unsigned long f0 : 12; unsigned char f1 : 4; } v410;
struct s411 { unsigned short f0; } v411;
struct s412 { int f0; char f1 : 3; unsigned long : 4; int : 6; long long f4; char f5 : 4; unsigned : 4; } v412;
struct s413 { long long f0 : 13; struct s400 f1[3]; } v413;
struct __attribute__((packed)) s414 { unsigned char f0 __attribute__((aligned(4))); } v414;
union s415 { long long f0 : 64; unsigned long f1; unsigned f2 : 13; short f3 : 4; short f4 : 5; unsigned short f5[1]; short f6[0]; } v415;
struct s416 { long f0 : 5; enum n f1[0]; long double f2; } v416;
struct s417 { enum e f0 : 25 __attribute__((aligned(16))); long f1[3]; unsigned short f2 : 14; enum e f3; } v417;
#pragma pack(push, 4)
union s418 { char f0 __attribute__((aligned(16))); enum n f1 : 7; struct s208 f2[2]; struct s331 f3[2]; unsigned long : 3; long f5 : 8; } v418;
#pragma pack(pop)
struct s419 { enum e f0 : 32; short f1 : 9 __attribute__((packed)); signed char f2 : 1 __attribute__((aligned(16))); } v419;
#pragma pack(push, 4)
struct s420 { long f0; int f1 : 21; enum e f2 : 6; int f3; unsigned char f4; } v420;
#pragma pack(pop)
struct s421 { long long f0 : 4; } v421;
union s422 { long f0; struct s287 f1 __attribute__((aligned(8))); } v422;
struct __attribute__((packed)) s423 { unsigned short : 7; float f1; char f2 : 1 __attribute__((aligned(4))); unsigned char : 0; long long f4 : 41; short f5 : 9; long long : 7; } v423;
struct s424 { char f0 : 6; unsigned f1; unsigned long f2 : 1 __attribute__((packed)); short : 1; } __attribute__((aligned(8))) v424;
union s425 { struct s32 f0; } v425;
struct s426 { unsigned char f0 : 5; enum n f1[1]; } v426;
struct s427 { _Bool f0 : 1; unsigned short f1[1]; short f2 : 1; unsigned char f3 : 2; } v427;
#pragma pack(push, 4)
struct __attribute__((packed)) s428 { unsigned short f0 : 9; enum n f1 __attribute__((aligned(4))); unsigned f2 : 25; unsigned f3; enum e f4 : 25; } v428;
#pragma pack(pop)
struct s429 { void * f0 __attribute__((aligned(4))); unsigned char f1 : 5; float f2; } v429;
union __attribute__((packed)) s430 { union s96 f0; unsigned char f1; long double f2; long long f3 : 1; long long f4 : 39 __attribute__((aligned(2))); unsigned char f5 : 1; } v430;
struct s431 { struct s282 f0; float f1; } v431;
struct s432 { signed char f0; } v432;
struct s433 { long f0 : 52; short f1 : 1; struct s412 f2; long double f3; struct s333 f4[1]; signed char f5 : 5; long long : 4; } v433;
struct s434 { char f0 : 7; struct s153 f1; short : 0; unsigned char f3 : 2; unsigned char f4; float f5; } v434;
struct s435 { enum e f0; } v435;
struct s436 { unsigned long f0; signed char f1 : 3; } v436;
union s437 { long long f0 : 47; struct s166 f1[2]; signed char f2 : 7; unsigned f3[2]; unsigned f4 : 7; unsigned f5 : 18; unsigned long f6; } v437;
#pragma pack(push, 4)
union s438 { signed char f0 : 1; float f1; struct s166 f2[2]; float f3; long f4 : 21; } v438;
#pragma pack(pop)
struct s439 { _Bool f0 : 1; unsigned long f1; short : 3; _Bool f3 : 1; } v439;
struct __attribute__((packed)) s440 { long f0 : 34; long double f1; signed char f2 : 1; char f3; unsigned long f4; signed char f5 : 1 __attribute__((packed)); long : 3; } v440;
struct s441 { long : 0; union s422 f1; struct s25 f2; enum n f3; enum e f4 : 2; unsigned long f5; } v441;
struct s442 { long f0; int f1 : 31; union s250 f2[2] __attribute__((packed)); unsigned char f3; float f4; enum e f5; } v442;
struct s443 { long f0 : 54; long f1 : 13; long long f2[2]; enum e f3[2]; unsigned char f4 __attribute__((packed)); unsigned short f5; char f6 : 4; } __attribute__((aligned(4))) v443;
struct s444 { long double f0; unsigned short f1[2]; char f2 : 8; unsigned f3; unsigned f4 : 17; } v444;
union s445 { double f0; short f1[3]; long double f2; } v445;
struct __attribute__((packed)) s446 { short f0 : 9; signed char f1; long f2[0]; _Bool f3 : 1; double f4; long long f5 : 44; } v446;
union s447 { _Bool f0 : 1; enum n f1; } v447;
struct s448 { char f0; long f1; long double f2; unsigned short f3 __attribute__((aligned(8))); unsigned long f4[0]; unsigned long : 1; unsigned f6; } v448;
struct __attribute__((packed)) s449 { short f0 : 7; long f1 : 54; unsigned f2 : 2; int (*f3)(void); unsigned char f4[2] __attribute__((packed)); } v449;
struct __attribute__((packed)) s450 { unsigned char f0 : 1; enum n f1 : 3; } v450;
struct s451 { struct s428 f0; short f1 : 12; struct s314 f2; unsigned long f3; float f4; int f5 __attribute__((aligned(8))); } v451;
union s452 { signed char f0 : 1 __attribute__((aligned(16))); long f1; unsigned long f2 : 14 __attribute__((aligned(32))); } v452;
struct s453 { enum e f0 : 31; char f1; long long : 0; unsigned long f3 : 33; long : 0; unsigned char f5 : 7; struct s412 f6; } v453;
union s454 { signed char f0 : 8; char f1; unsigned f2[3]; long long f3; unsigned short : 0; } v454;
struct s455 { _Bool f0 : 1; long long f1; unsigned short f2 : 10; struct s210 f3; } v455;
struct s456 { struct s31 f0[2]; long f1; enum n f2 : 19; _Bool f3[2] __attribute__((packed)); enum e f4 : 3; unsigned f5 : 28; } v456;
struct __attribute__((packed)) s457 { int f0 : 15; signed char f1[0] __attribute__((packed)); signed char f2[0]; long long f3; enum e f4; } v457;
struct s458 { struct s287 f0; } v458;
struct __attribute__((packed)) s459 { short f0 : 9; int (*f1)(void); char f2; _Bool f3; enum n f4 : 13; signed char f5 : 1; } v459;
struct s460 { long f0 : 2; short f1; long long : 2; short f3 : 3; int f4; } v460;
struct s461 { long f0; unsigned char f1; double f2; unsigned f3 : 25; long double f4; } v461;
struct s462 { unsigned : 0; unsigned : 0; int f2 : 11; int f3 : 7; _Bool f4; long : 0; union s122 f6; } v462;
struct s463 { enum n f0 : 5; } v463;
#pragma pack(push, 1)
union s464 { short : 2; short f1[2]; long double f2; unsigned char f3[1]; signed char f4 : 1; enum n f5 : 3 __attribute__((packed)); } v464;
#pragma pack(pop)
struct s465 { float f0; long long f1 : 31; struct s171 f2; } v465;
struct __attribute__((packed)) s466 { unsigned short : 0; unsigned f1; long long f2 : 34; } v466;
union s467 { unsigned long f0; } v467;
struct s468 { _Bool f0[1]; enum n f1 : 4; char f2; enum e f3 : 28; char f4 : 5; } v468;
struct __attribute__((packed)) s469 { short f0; unsigned f1 : 10; long f2[1]; struct s332 f3; unsigned char f4[2]; struct s37 f5; long long f6 : 12; } v469;
struct __attribute__((packed)) s470 { struct s217 f0[3]; unsigned short f1 : 7; char f2 : 1; unsigned long f3 : 15 __attribute__((aligned(16))); union s364 f4; long long f5 : 11; } v470;
struct s471 { long long : 0; struct s377 f1[3]; signed char f2; enum n f3 : 14 __attribute__((aligned(4))); char f4 : 2; } v471;
#pragma pack(push, 8)
struct __attribute__((packed)) s472 { enum e f0 __attribute__((aligned(4))); struct s0 f1[3]; enum e f2 : 21 __attribute__((packed)); short f3 : 4; short f4; long long f5; long f6 : 56; } __attribute__((aligned(16))) v472;
#pragma pack(pop)
#pragma pack(push, 4)
struct s473 { unsigned short f0 : 1 __attribute__((aligned(2))); unsigned char f1; unsigned long f2 : 16; unsigned long : 0; long long f4; char f5; unsigned char f6 : 1; } v473;
#pragma pack(pop)
union s474 { char : 3; struct s135 f1; struct s90 f2; } v474;
struct s475 { unsigned char f0 : 2; enum n f1; signed char f2; unsigned char f3 : 8; unsigned short f4 : 9; unsigned f5[3]; } v475;
struct s476 { _Bool f0; _Bool f1 : 1; signed char : 0; } v476;
struct __attribute__((packed)) s477 { unsigned f0 : 10 __attribute__((aligned(32))); long long f1; enum e f2; long long f3; short f4[1]; } v477;
#pragma pack(push, 2)
struct s478 { _Bool f0 : 1; unsigned : 0; unsigned char f2 : 1; unsigned f3 : 25; signed char : 2; unsigned short f5; long : 0; } v478;
#pragma pack(pop)
struct s479 { long f0[0]; void * f1; unsigned short f2[3]; unsigned long f3[1] __attribute__((packed)); long double f4; unsigned long f5 __attribute__((aligned(16))); } v479;
union __attribute__((packed)) s480 { short f0 : 9; void * f1; signed char f2 : 1; } v480;
struct s481 { void * f0; signed char f1; unsigned long f2 : 57 __attribute__((packed)); int f3; unsigned char f4 : 4; char f5 __attribute__((aligned(16))); } v481;
union s482 { unsigned f0 : 18; enum n f1 : 6 __attribute__((aligned(8))); } v482;
#pragma pack(push, 2)
struct s483 { unsigned f0 : 14; unsigned char f1 : 1; long long f2 __attribute__((packed)); _Bool f3 : 1; long long f4 : 45; } v483;
#pragma pack(pop)
struct s484 { _Bool f0; unsigned char f1; } v484;
union s485 { char f0[2]; signed char f1 : 2; unsigned short f2 : 9; unsigned : 0; } v485;
struct s486 { struct s56 f0; union s364 f1; } v486;
struct s487 { _Bool f0; struct s42 f1; void * f2; long long f3 : 22; } v487;
struct __attribute__((packed)) s488 { signed char f0; struct s231 f1; enum e f2; } v488;
#pragma pack(push, 1)
struct s489 { unsigned f0 : 25; unsigned char f1[1]; signed char f2 : 1; long long f3[2]; unsigned : 6; unsigned short f5 : 9; } v489;
#pragma pack(pop)
struct s490 { enum n f0 : 22; char f1; long f2 : 30; unsigned char f3; } v490;
struct s491 { unsigned f0[2]; enum e f1 : 8 __attribute__((packed)); signed char f2[3] __attribute__((packed)); long f3; void * f4; } v491;
struct s492 { _Bool f0 : 1 __attribute__((aligned(16))); enum e f1 : 25; struct s19 f2[2]; unsigned f3 : 9; struct s19 f4; } v492;
struct s493 { short f0 : 12; long f1[1]; long long f2 : 29; } v493;
struct s494 { long long f0; enum n f1[3]; unsigned long f2 : 56; enum n f3; void * f4; } v494;
struct __attribute__((packed)) s495 { struct s315 f0 __attribute__((packed)); int f1 : 25; unsigned char : 3; unsigned long f3 : 47; enum e f4 __attribute__((aligned(16))); } v495;
struct s496 { unsigned short f0; unsigned f1 : 10; unsigned char : 0; } __attribute__((aligned(4))) v496;
#pragma pack(push, 2)
struct __attribute__((packed)) s497 { char f0 : 1; unsigned char f1 : 1; unsigned f2 : 17 __attribute__((packed)); union s425 f3; } v497;
#pragma pack(pop)
union s498 { long long f0 : 56 __attribute__((aligned(8))); enum n f1 : 18 __attribute__((aligned(32))); unsigned long f2 : 10; unsigned long f3; long long f4; } v498;
struct __attribute__((packed)) s499 { _Bool f0 : 1; double f1; long long f2 : 28; char f3[3]; unsigned char f4 : 1; } v499;
