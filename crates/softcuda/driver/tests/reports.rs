//! What the environment asks the device to tell: counters of launches, and leaks at exit. Each is asked for in a process
//! of its own, this very program run again.

#[macro_use]
mod api;

use std::process::Command;

use api::Launch;

const TEXT: &std::ffi::CStr = c".version 7.0
.target sm_80
.address_size 64
.visible .entry store(.param .u64 p)
{
    .reg .b32 %r;
    .reg .b64 %d<3>;
    ld.param.u64 %d0, [p];
    mov.u32 %r, %tid.x;
    mul.wide.u32 %d1, %r, 4;
    add.u64 %d2, %d0, %d1;
    st.global.u32 [%d2], %r;
    ret;
}
";

/// The program that is run again: allocates three times, launches once, frees once.
#[test]
fn program() {
    if std::env::var_os("SOFTCUDA_TEST_PROGRAM").is_none() {
        return;
    }
    softcuda::install().unwrap();
    ok!(cuInit(0));
    let (mut context, mut module, mut function) = (std::ptr::null_mut(), std::ptr::null_mut(), std::ptr::null_mut());
    ok!(cuCtxCreate_v2(&mut context, 0, 0));
    ok!(cuModuleLoadData(&mut module, TEXT.as_ptr().cast()));
    ok!(cuModuleGetFunction(&mut function, module, c"store".as_ptr()));
    let (mut kept, mut freed, mut pinned) = (0u64, 0u64, std::ptr::null_mut());
    ok!(cuMemAlloc_v2(&mut kept, 1234));
    ok!(cuMemAlloc_v2(&mut freed, 4096));
    ok!(cuMemHostAlloc(&mut pinned, 777, 0));
    let mut parameters = [std::ptr::from_mut(&mut kept).cast()];
    Launch {
        grid: [2, 1, 1],
        block: [64, 1, 1],
        arguments: &mut parameters,
        ..Launch::default()
    }
    .succeed(function);
    ok!(cuCtxSynchronize());
    ok!(cuMemFree_v2(freed));
}

/// What the program writes to standard error.
fn told(variable: &str, value: &str) -> String {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "program", "--nocapture"])
        .env("SOFTCUDA_TEST_PROGRAM", "1")
        .env(variable, value)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{text}");
    text
}

#[test]
fn leaks_are_named_with_size_and_call() {
    let text = told("SOFTCUDA_CHECK", "leaks");
    let leaks: Vec<&str> = text.lines().filter(|line| line.contains(" leak on ")).collect();
    assert_eq!(leaks.len(), 2, "{text}");
    assert!(
        leaks[0].contains("device 0: 1234 bytes") && leaks[0].contains("cuMemAlloc_v2"),
        "{text}"
    );
    assert!(
        leaks[1].contains("pinned host memory: 777 bytes") && leaks[1].contains("cuMemHostAlloc"),
        "{text}"
    );
    assert!(text.contains("2 allocations of 2011 bytes"), "{text}");
    assert!(!told("SOFTCUDA_CHECK", "memory").contains("leak"));
}

#[test]
fn counters_come_as_table_and_as_json() {
    let table = told("SOFTCUDA_COUNTERS", "table");
    assert!(table.contains("kernel store, grid (2,1,1), block (64,1,1)"), "{table}");
    // Two blocks of two warps, each with one store of 128 bytes in four sectors.
    let line = |name: &str| {
        table
            .lines()
            .find(|line| line.starts_with(name))
            .unwrap_or(name)
            .to_owned()
    };
    assert!(line("global requests").ends_with(" 4"), "{table}");
    assert!(line("global sectors").ends_with(" 16"), "{table}");

    let path = std::env::temp_dir().join(format!("softcuda-counters-{}.json", std::process::id()));
    assert!(!told("SOFTCUDA_COUNTERS", &format!("json:{}", path.display())).contains("kernel"));
    let json = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert_eq!(json.lines().count(), 1);
    let start =
        "{\"kernel\":\"store\",\"device\":0,\"grid\":[2, 1, 1],\"block\":[64, 1, 1],\"dynamic_shared_bytes\":0,";
    assert!(
        json.starts_with(start) && json.contains("\"global_sectors\":16,"),
        "{json}"
    );
    assert!(told("SOFTCUDA_COUNTERS", "everything").contains("table, json or json:PATH"));
}
