//! Kernels with a planted bug each, all found; and their correct counterparts, all clean.

mod common;

use common::{Device, stored};
use softcuda::device::{FaultKind, LaunchReport, Options};

/// Wraps a body; `%rd1` and `%rd2` are the two buffer arguments, `%r1` the thread, `%r2` the block.
fn kernel(body: &str) -> String {
    format!(
        ".version 8.0\n.target sm_80\n.address_size 64\n.extern .shared .align 16 .b8 dyn[];\n\
         .visible .entry k(.param .u64 p0, .param .u64 p1) {{\n\
         .reg .pred %p<9>; .reg .b32 %r<20>; .reg .b64 %rd<20>; .reg .f32 %f<9>; .shared .align 16 .b8 tile[1024];\n\
         ld.param.u64 %rd1, [p0]; ld.param.u64 %rd2, [p1]; mov.u32 %r1, %tid.x; mov.u32 %r2, %ctaid.x;\n\
         mul.wide.u32 %rd3, %r1, 4; add.s64 %rd4, %rd1, %rd3; add.s64 %rd5, %rd2, %rd3; shl.b32 %r3, %r1, 2;\n\
         mov.u32 %r4, tile; add.s32 %r4, %r4, %r3;\n{body}\nret;\n}}\n"
    )
}

fn run(body: &str) -> (LaunchReport, Device) {
    let options = Options {
        check_memory: true,
        check_races: true,
        check_barriers: true,
        ..Options::default()
    };
    let device = Device::with(&kernel(body), options);
    // A written buffer of 64 words, and one that nobody wrote.
    let (written, fresh) = (device.upload(&[1u32; 64]), device.empty(256));
    let report = device.try_run("k", 2, 64, 64, &[&written.to_le_bytes(), &fresh.to_le_bytes()]);
    (report, device)
}

fn faults(body: &str, kind: FaultKind, what: &str) {
    let (report, _) = run(body);
    let fault = report.fault.unwrap_or_else(|| panic!("not found: {body}"));
    assert_eq!(fault.kind, kind, "{fault}");
    assert!(fault.to_string().contains(what), "{fault}");
    assert!(fault.ptx_line >= 8, "{fault}");
}

fn finds(body: &str, what: &str) {
    let (report, _) = run(body);
    assert!(report.fault.is_none(), "{}", report.fault.unwrap());
    assert!(!report.findings.is_empty(), "not found: {body}");
    let found = report.findings.iter().any(|finding| finding.to_string().contains(what));
    assert!(found, "{}, but not {what}: {body}", report.findings[0]);
}

fn clean(body: &str) {
    let (report, _) = run(body);
    assert!(report.fault.is_none(), "{}", report.fault.unwrap());
    assert!(report.findings.is_empty(), "{}: {body}", report.findings[0]);
}

#[test]
fn bounds_and_alignment() {
    use FaultKind::{IllegalAddress, MisalignedAddress};
    faults("st.global.u32 [%rd4+4], %r1;", IllegalAddress, "4 bytes past the end");
    faults("ld.global.u32 %r5, [%rd4+256];", IllegalAddress, "out-of-bounds read");
    faults("ld.global.u32 %r5, [%rd4+-256];", IllegalAddress, "out-of-bounds read");
    faults(
        "ld.global.v4.u32 {%r5, %r6, %r7, %r8}, [%rd4];",
        MisalignedAddress,
        "misaligned read of 16 bytes",
    );
    faults(
        "add.s64 %rd6, %rd4, 2; st.global.u32 [%rd6], %r1;",
        MisalignedAddress,
        "misaligned write",
    );
    faults(
        "mov.u64 %rd6, 0; ld.global.u32 %r5, [%rd6];",
        IllegalAddress,
        "null pointer",
    );
    faults("ld.u32 %r5, [16];", IllegalAddress, "null pointer");
    faults("st.shared.u32 [%r4+1000], %r1;", IllegalAddress, "shared memory");
    faults(
        "mov.u32 %r5, dyn; add.s32 %r5, %r5, %r3; st.shared.u32 [%r5], %r1;",
        IllegalAddress,
        "shared memory",
    );
    faults(
        "atom.global.add.u32 %r5, [%rd4+512], 1;",
        IllegalAddress,
        "atomic operation",
    );
    faults(
        "cp.async.ca.shared.global [%r4], [%rd4+512], 4; cp.async.wait_all;",
        IllegalAddress,
        "out-of-bounds read",
    );
    faults(
        "mov.u32 %r5, 17; bar.sync %r5;",
        FaultKind::IllegalInstruction,
        "barrier 17",
    );
    faults("trap;", FaultKind::LaunchFailed, "trap");
    faults(
        "mov.u64 %rd6, 4660; { .param .b32 z; t: .callprototype _ (); call %rd6, (), t; }",
        FaultKind::InvalidProgramCounter,
        "no function",
    );
    clean("ld.global.u32 %r5, [%rd4];");
    clean("ld.global.v2.u32 {%r5, %r6}, [%rd1+8];");
}

#[test]
fn freed_memory_and_constants() {
    let device = Device::new(&kernel("ld.global.u32 %r5, [%rd4];"));
    let gone = device.upload(&[1u32; 64]);
    device.memory.free(gone).unwrap();
    let report = device.try_run("k", 1, 64, 64, &[&gone.to_le_bytes(), &gone.to_le_bytes()]);
    assert!(report.fault.unwrap().message.contains("use after free"));
    let ptx = ".version 8.0\n.target sm_80\n.address_size 64\n.const .u32 c = 5;\n.entry k() {\n.reg .b64 a;\nmov.u64 a, c;\nst.global.u32 [a], 1;\nret;\n}\n";
    let report = Device::new(ptx).try_run("k", 1, 1, 0, &[]);
    let fault = report.fault.unwrap();
    assert!(
        fault.message.contains("constant memory") && fault.ptx_line == 8,
        "{fault}"
    );
}

#[test]
fn uninitialised_reads() {
    finds("ld.global.u32 %r5, [%rd5];", "uninitialised read of 4 bytes of global");
    finds("ld.shared.u32 %r5, [%r4];", "uninitialised read of 4 bytes of shared");
    finds(
        "setp.lt.u32 %p1, %r1, 32; @%p1 st.shared.u32 [%r4], %r1; bar.sync 0; ld.shared.u32 %r5, [%r4];",
        "uninitialised read",
    );
    finds("atom.global.add.u32 %r5, [%rd5], 1;", "uninitialised read");
    // The copy was never waited for.
    finds(
        "cp.async.ca.shared.global [%r4], [%rd4], 4; cp.async.commit_group; bar.sync 0; ld.shared.u32 %r5, [%r4];",
        "uninitialised read",
    );
    finds(
        "cp.async.ca.shared.global [%r4], [%rd4], 4; cp.async.commit_group; cp.async.wait_group 1; ld.shared.u32 %r5, [%r4];",
        "uninitialised read",
    );
    clean(
        "cp.async.ca.shared.global [%r4], [%rd4], 4; cp.async.commit_group; cp.async.wait_group 0; ld.shared.u32 %r5, [%r4];",
    );
    clean("st.shared.u32 [%r4], %r1; ld.shared.u32 %r5, [%r4];");
}

#[test]
fn races() {
    let neighbour = "xor.b32 %r5, %r3, 128; mov.u32 %r6, tile; add.s32 %r5, %r5, %r6;";
    finds(
        &format!("st.shared.u32 [%r4], %r1; {neighbour} ld.shared.u32 %r7, [%r5];"),
        "race",
    );
    finds("mov.u32 %r5, tile; st.shared.u32 [%r5], %r1;", "race: write of shared");
    finds(
        &format!(
            "st.shared.u32 [%r4], %r1; bar.sync 0; {neighbour} ld.shared.u32 %r7, [%r5]; st.shared.u32 [%r4], %r7;"
        ),
        "race",
    );
    // Lanes of a warp are not in lockstep.
    finds(
        "st.shared.u32 [%r4], %r1; xor.b32 %r5, %r3, 4; mov.u32 %r6, tile; add.s32 %r5, %r5, %r6; ld.shared.u32 %r7, [%r5];",
        "race: read of shared",
    );
    finds("st.global.u32 [%rd4], %r2;", "block 0");
    finds(
        "setp.eq.u32 %p1, %r2, 0; @%p1 st.global.u32 [%rd4], 1; @!%p1 ld.global.u32 %r5, [%rd4];",
        "race",
    );
    finds("atom.global.add.u32 %r5, [%rd1], 1; ld.global.u32 %r6, [%rd1];", "race");
    clean(&format!(
        "st.shared.u32 [%r4], %r1; bar.sync 0; {neighbour} ld.shared.u32 %r7, [%r5];"
    ));
    clean(
        "st.shared.u32 [%r4], %r1; bar.warp.sync -1; xor.b32 %r5, %r3, 4; mov.u32 %r6, tile; add.s32 %r5, %r5, %r6; ld.shared.u32 %r7, [%r5];",
    );
    clean(
        "atom.global.add.u32 %r5, [%rd1], 1; red.shared.add.u32 [%r4], 0;"
            .replace("red.shared.add.u32 [%r4], 0;", "")
            .as_str(),
    );
    clean("ld.global.u32 %r5, [%rd1];");
}

#[test]
fn barriers() {
    finds(
        "setp.lt.u32 %p1, %r1, 16; @%p1 bra A; bar.sync 0; bra B; A: bar.sync 0; B:",
        "barrier divergence",
    );
    faults(
        "setp.lt.u32 %p1, %r1, 32; @%p1 bar.sync 1, 64; @!%p1 bar.sync 2, 64;",
        FaultKind::LaunchFailed,
        "deadlock",
    );
    faults(
        "setp.lt.u32 %p2, %r1, 40; @%p2 bra E; shfl.sync.idx.b32 %r5, %r1, 0, 31, -1; E: bar.sync 0;",
        FaultKind::LaunchFailed,
        "deadlock",
    );
    clean("bar.sync 0; setp.lt.u32 %p1, %r1, 32; @%p1 exit; bar.sync 0;");
    clean("setp.lt.u32 %p1, %r1, 32; @%p1 bar.arrive 1, 64; @!%p1 bar.sync 1, 64;");
}

#[test]
fn correct_programs_are_clean() {
    let options = Options {
        check_memory: true,
        check_races: true,
        check_barriers: true,
        ..Options::default()
    };
    let device = Device::with(&stored("basics.sm_80.O3.ptx"), options.clone());
    let n = 600i32;
    let (x, out) = (device.upload(&vec![1f32; 600]), device.empty(4096));
    let mut reports = vec![device.run(
        "reduce",
        2,
        256,
        0,
        &[&n.to_le_bytes(), &x.to_le_bytes(), &out.to_le_bytes()],
    )];
    let ints = device.upload(&vec![1i32; 512]);
    reports.push(device.run("scan", 2, 256, 0, &[&ints.to_le_bytes()]));
    let device = Device::with(&stored("locks.sm_80.O3.ptx"), options);
    let (x, partial, ticket) = (device.upload(&[1f32; 16]), device.empty(64), device.upload(&[0u32]));
    let out = device.empty(4);
    let arguments: [&[u8]; 4] = [
        &x.to_le_bytes(),
        &partial.to_le_bytes(),
        &ticket.to_le_bytes(),
        &out.to_le_bytes(),
    ];
    reports.push(device.run("last_block", 16, 32, 0, &arguments));
    let (lock, count) = (device.upload(&[0i32]), device.upload(&[0i32]));
    reports.push(device.run("strict_lock", 3, 64, 0, &[&lock.to_le_bytes(), &count.to_le_bytes()]));
    for report in reports {
        assert!(report.findings.is_empty(), "{}", report.findings[0]);
    }
}

#[test]
fn counters_of_known_kernels() {
    let options = Options {
        counters: true,
        ..Options::default()
    };
    let body = "ld.global.u32 %r5, [%rd4]; mov.u32 %r6, tile; shl.b32 %r7, %r1, 7; and.b32 %r7, %r7, 1023; add.s32 %r6, %r6, %r7; st.shared.u32 [%r6], %r5; bar.sync 0;";
    let device = Device::with(&kernel(body), options);
    let x = device.upload(&[1u32; 64]);
    let report = device.run("k", 1, 64, 64, &[&x.to_le_bytes(), &x.to_le_bytes()]);
    let counters = report.counters.unwrap();
    assert_eq!(
        (counters.global_requests, counters.global_sectors, counters.global_bytes),
        (2, 8, 256)
    );
    assert_eq!((counters.dram_minimum, counters.barriers), (256, 2));
    // 8 distinct words of one bank per warp.
    assert_eq!(
        (
            counters.shared_requests,
            counters.shared_wavefronts,
            counters.bank_conflicts
        ),
        (2, 16, 14)
    );
    assert!(counters.to_json().contains("\"bank_conflicts\":14"));
}

#[test]
fn registers_that_nobody_wrote() {
    // %r9 and %f8 are never written.
    finds("st.global.u32 [%rd4], %r9;", "a stored value comes of a register");
    finds(
        "add.u32 %r5, %r9, %r1; mul.lo.u32 %r6, %r5, 3; st.global.u32 [%rd4], %r6;",
        "a stored value",
    );
    finds(
        "cvt.u64.u32 %rd6, %r9; and.b64 %rd7, %rd6, 4; add.s64 %rd6, %rd7, %rd1; ld.global.u32 %r5, [%rd6];",
        "an address",
    );
    finds(
        "setp.lt.u32 %p1, %r9, 5; @%p1 bra L; add.u32 %r5, %r1, 1; L:",
        "a branch",
    );
    finds(
        "setp.lt.u32 %p1, %r1, 5; @%p1 mov.u32 %r9, 1; st.global.u32 [%rd4], %r9;",
        "(lanes 0xffffffe0)",
    );
    finds(
        "setp.lt.u32 %p1, %r1, 5; selp.b32 %r5, %r9, %r1, %p1; st.global.u32 [%rd4], %r5;",
        "(lanes 0x0000001f)",
    );
    let product =
        "mma.sync.aligned.m16n8k8.row.col.f32.bf16.bf16.f32 {%f1,%f2,%f3,%f4}, {%r1,%r1}, {%r1}, {%f5,%f6,%f7,%f8};";
    finds(&format!("mov.f32 %f5, 0f00000000; {product}"), "a tensor operand");
    // Lanes that are not there have nothing to give.
    let shuffle =
        "setp.gt.u32 %p1, %r1, 7; @%p1 bra L; shfl.sync.down.b32 %r5, %r1, 4, 31, 255; st.global.u32 [%rd4], %r5; L:";
    finds(shuffle, "a stored value");
    finds(
        "{.reg .b32 n; setp.lt.u32 %p1, %r1, 32; @%p1 bra L; ret; L: st.global.u32 [%rd4], n;}",
        "a stored value",
    );
}

#[test]
fn unwritten_registers_that_decide_nothing() {
    // Moved, computed with, chosen away, masked out, stored among others.
    clean("mov.u32 %r5, %r9; add.u32 %r6, %r5, 1;");
    clean("setp.lt.u32 %p1, %r1, 64; selp.b32 %r5, %r1, %r9, %p1; st.global.u32 [%rd4], %r5;");
    clean("mov.u32 %r5, 0; and.b32 %r6, %r9, %r5; st.global.u32 [%rd4], %r6;");
    // By one block: what nobody wrote need not be the same in another.
    clean(
        "add.s64 %rd6, %rd4, %rd3; setp.gt.u32 %p1, %r1, 31; @%p1 bra L; setp.ne.u32 %p2, %r2, 0; @%p2 bra L; \
         st.global.v2.u32 [%rd6], {%r1, %r9}; L:",
    );
    clean("setp.eq.u32 %p1, %r1, %r1; setp.lt.or.u32 %p2, %r9, 5, %p1; @%p2 bra L; add.u32 %r5, %r1, 1; L:");
    // A value of the first round that later rounds alone use.
    clean(
        "mov.u32 %r5, 0; L: setp.eq.u32 %p1, %r5, 0; @%p1 bra M; st.shared.u32 [%r4], %r9; \
         M: add.u32 %r9, %r5, 1; add.u32 %r5, %r5, 1; setp.lt.u32 %p1, %r5, 3; @%p1 bra L;",
    );
    // What a shuffle takes from lanes that are not there, thrown away.
    clean(
        "setp.gt.u32 %p1, %r1, 7; @%p1 bra L; shfl.sync.down.b32 %r5, %r1, 4, 31, 255; setp.gt.u32 %p2, %r1, 3; \
         selp.b32 %r6, 0, %r5, %p2; st.global.u32 [%rd4], %r6; L:",
    );
}
