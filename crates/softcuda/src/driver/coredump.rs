//! Settings of core dumps. They are kept and given back; this device tells of faults on standard error instead.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::export::{In, Out, export};
use super::status::{Result, Status};

const FILE: u32 = 5;
const PIPE: u32 = 6;
const LAST: u32 = 7;

static SETTINGS: Mutex<BTreeMap<u32, Vec<u8>>> = Mutex::new(BTreeMap::new());

/// Bytes a setting has: a flag of one byte, the names' most, a word of flags.
fn most(setting: u32) -> Result<usize> {
    match setting {
        1..=4 => Ok(1),
        FILE | PIPE => Ok(1024),
        LAST => Ok(4),
        _ => Err(Status::INVALID_VALUE),
    }
}

fn get(setting: u32, value: Out<u8>, size: Out<u64>) -> Result {
    let most = most(setting)?;
    let settings = SETTINGS.lock().unwrap_or_else(PoisonError::into_inner);
    let nothing = vec![0; if most == 1024 { 1 } else { most }];
    let known = settings.get(&setting).unwrap_or(&nothing);
    let room = size.get()?;
    if !value.is_null() {
        let mut shown = known.iter().take(room as usize).enumerate();
        shown.try_for_each(|(index, &byte)| value.set_at(index, byte))?;
    }
    size.set(known.len() as u64)
}

fn set(setting: u32, value: In<u8>, size: In<u64>) -> Result {
    let bytes = size.get()?.min(most(setting)? as u64);
    if bytes == 0 {
        return Err(Status::INVALID_VALUE);
    }
    let bytes = value.list(bytes as usize)?;
    SETTINGS
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .insert(setting, bytes);
    Ok(())
}

export! {
    fn cuCoredumpGetAttribute(setting: u32, value: Out<u8>, size: Out<u64>) {
        super::context::current()?;
        get(setting, value, size)
    }
    fn cuCoredumpGetAttributeGlobal(setting: u32, value: Out<u8>, size: Out<u64>) {
        get(setting, value, size)
    }
    fn cuCoredumpSetAttribute(setting: u32, value: In<u8>, size: In<u64>) {
        super::context::current()?;
        set(setting, value, size)
    }
    fn cuCoredumpSetAttributeGlobal(setting: u32, value: In<u8>, size: In<u64>) {
        set(setting, value, size)
    }
}
