//! alloca and its relatives, and mbarrier objects.

mod common;

use common::Device;
use softcuda::device::{FaultKind, Options};

const HEAD: &str = ".version 8.0\n.target sm_80\n.address_size 64\n";

#[test]
fn stack_memory_of_each_lane() {
    // Each lane allocates as many words as its number plus one, fills them, and sums them up after a call that uses
    // the stack above; what is restored is given again.
    let text = HEAD.to_owned()
        + ".func (.param .b32 r) used(.param .b32 a) { .local .b32 x[64]; .reg .b32 %r<4>; .reg .b64 %rd<3>;\n\
        ld.param.u32 %r1, [a]; mov.u64 %rd1, x; st.local.u32 [%rd1], %r1; st.local.u32 [%rd1+252], 77;\n\
        ld.local.u32 %r2, [%rd1]; st.param.b32 [r], %r2; ret; }\n\
        .visible .entry k(.param .u64 out) { .reg .pred %p; .reg .b32 %r<12>; .reg .b64 %rd<12>;\n\
        ld.param.u64 %rd1, [out]; mov.u32 %r1, %tid.x; add.u32 %r2, %r1, 1; mul.wide.u32 %rd2, %r2, 4;\n\
        stacksave.u64 %rd3; alloca.u64 %rd4, %rd2, 16; mov.u32 %r3, 0; mov.u64 %rd5, %rd4;\n\
        L1: st.local.u32 [%rd5], %r2; add.u64 %rd5, %rd5, 4; add.u32 %r3, %r3, 1; setp.lt.u32 %p, %r3, %r2; @%p bra L1;\n\
        { .param .b32 a; .param .b32 r; st.param.b32 [a], %r1; call (r), used, (a); ld.param.b32 %r4, [r]; }\n\
        mov.u32 %r5, 0; mov.u64 %rd5, %rd4; mov.u32 %r3, 0;\n\
        L2: ld.local.u32 %r6, [%rd5]; add.u32 %r5, %r5, %r6; add.u64 %rd5, %rd5, 4; add.u32 %r3, %r3, 1; setp.lt.u32 %p, %r3, %r2; @%p bra L2;\n\
        stackrestore.u64 %rd3; alloca.u64 %rd6, 8; setp.eq.u64 %p, %rd6, %rd4; selp.u32 %r7, 1, 0, %p;\n\
        mul.wide.u32 %rd7, %r1, 12; add.u64 %rd1, %rd1, %rd7; st.global.u32 [%rd1], %r5; st.global.u32 [%rd1+4], %r4; st.global.u32 [%rd1+8], %r7;\nret; }\n";
    let device = Device::new(&text);
    let out = device.empty(64 * 12);
    device.run("k", 1, 64, 0, &[&out.to_le_bytes()]);
    for (lane, row) in device.download::<u32>(out, 192).chunks_exact(3).enumerate() {
        let lane = lane as u32;
        assert_eq!(row, [(lane + 1) * (lane + 1), lane, 1], "lane {lane}");
    }
    let endless = HEAD.to_owned()
        + ".visible .entry k() { .reg .b64 %rd<2>; L: alloca.u64 %rd1, 4096; bra L; }\n.func f() { call f, (); ret; }\n.visible .entry r() { call f, (); ret; }\n";
    let device = Device::new(&endless);
    for kernel in ["k", "r"] {
        let fault = device.try_run(kernel, 1, 32, 0, &[]).fault.unwrap();
        assert_eq!(fault.kind, FaultKind::StackOverflow, "{fault}");
    }
}

#[test]
fn phases_of_an_mbarrier() {
    // Two warps hand each other their numbers three times; one thread looks at states and counts.
    let text = HEAD.to_owned()
        + ".visible .entry k(.param .u64 out) { .reg .pred %p<4>; .reg .b32 %r<12>; .reg .b64 %rd<9>;\n\
        .shared .align 8 .b64 bar; .shared .b32 tile[64];\n\
        ld.param.u64 %rd1, [out]; mov.u32 %r1, %tid.x; setp.ne.u32 %p1, %r1, 0; @!%p1 mbarrier.init.shared.b64 [bar], 64; bar.sync 0;\n\
        mov.u32 %r2, 0; mov.u32 %r3, tile; mad.lo.u32 %r4, %r1, 4, %r3; xor.b32 %r5, %r1, 32; mad.lo.u32 %r5, %r5, 4, %r3; mov.u32 %r9, 0;\n\
        L: mad.lo.u32 %r6, %r2, 100, %r1; st.shared.u32 [%r4], %r6; mbarrier.arrive.shared.b64 %rd2, [bar];\n\
        W: mbarrier.test_wait.shared.b64 %p2, [bar], %rd2; @!%p2 bra W;\n\
        ld.shared.u32 %r7, [%r5]; add.u32 %r9, %r9, %r7; mbarrier.arrive.shared::cta.b64 _, [bar];\n\
        and.b32 %r8, %r2, 0; add.u32 %r8, %r8, 1;\n\
        V: mbarrier.try_wait.parity.shared::cta.b64 %p2, [bar], %r8; @!%p2 bra V;\n\
        add.u32 %r2, %r2, 1; setp.lt.u32 %p3, %r2, 3; @%p3 bra L;\n\
        mul.wide.u32 %rd3, %r1, 4; add.u64 %rd1, %rd1, %rd3; st.global.u32 [%rd1], %r9;\n\
        bar.sync 0; @%p1 bra E; mbarrier.arrive_drop.shared.b64 %rd4, [bar]; mbarrier.arrive.noComplete.shared.b64 %rd5, [bar], 3;\n\
        mbarrier.pending_count.b64 %r10, %rd5; st.global.u32 [%rd1+256], %r10; mbarrier.inval.shared.b64 [bar];\n\
        E: ret; }\n.visible .entry twice(.param .u64 out) { .reg .b64 %rd; .shared .align 8 .b64 bar; mbarrier.init.shared.b64 [bar], 1;\n\
        mbarrier.arrive.shared.b64 %rd, [bar], 2; ret; }\n";
    for check_races in [false, true] {
        let options = Options {
            check_races,
            check_memory: check_races,
            ..Options::default()
        };
        let device = Device::with(&text, options);
        let out = device.empty(260);
        let report = device.run("k", 1, 64, 0, &[&out.to_le_bytes()]);
        assert!(report.findings.is_empty(), "{}", report.findings[0]);
        let got: Vec<u32> = device.download(out, 65);
        for lane in 0..64u32 {
            assert_eq!(got[lane as usize], 300 + 3 * (lane ^ 32), "{lane}");
        }
        assert_eq!(got[64], 63);
        let fault = device.try_run("twice", 1, 1, 0, &[&out.to_le_bytes()]).fault.unwrap();
        assert_eq!(fault.kind, FaultKind::LaunchFailed, "{fault}");
    }
}

#[test]
fn copies_that_arrive_at_an_mbarrier() {
    let text = HEAD.to_owned()
        + ".visible .entry k(.param .u64 in, .param .u64 out) { .reg .pred %p<4>; .reg .b32 %r<9>; .reg .b64 %rd<9>;\n\
        .shared .align 8 .b64 bar; .shared .b32 tile[64];\n\
        ld.param.u64 %rd1, [in]; ld.param.u64 %rd2, [out]; mov.u32 %r1, %tid.x; setp.eq.u32 %p1, %r1, 0; @%p1 mbarrier.init.shared.b64 [bar], 128; bar.sync 0;\n\
        mul.wide.u32 %rd3, %r1, 4; add.u64 %rd1, %rd1, %rd3; add.u64 %rd2, %rd2, %rd3; mov.u32 %r2, tile; mad.lo.u32 %r3, %r1, 4, %r2;\n\
        cp.async.ca.shared.global [%r3], [%rd1], 4; cp.async.mbarrier.arrive.noinc.shared.b64 [bar]; mbarrier.arrive.shared.b64 %rd4, [bar];\n\
        W: mbarrier.test_wait.shared.b64 %p2, [bar], %rd4; @!%p2 bra W;\n\
        xor.b32 %r4, %r1, 63; mad.lo.u32 %r4, %r4, 4, %r2; ld.shared.u32 %r5, [%r4]; st.global.u32 [%rd2], %r5; ret; }\n";
    let device = Device::new(&text);
    let input: Vec<u32> = (0..64).map(|i| i * 3).collect();
    let (from, to) = (device.upload(&input), device.empty(256));
    device.run("k", 1, 64, 0, &[&from.to_le_bytes(), &to.to_le_bytes()]);
    let mut got: Vec<u32> = device.download(to, 64);
    got.reverse();
    assert_eq!(got, input);
}
