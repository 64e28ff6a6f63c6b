//! User objects: data of the caller's that graphs keep alive, destroyed with the last reference.

use std::sync::{Arc, Mutex};

use super::export::{Handle, Out, Registry, export, new_handle};
use super::graph_api;
use super::status::{Result, Status};
use super::work::{HostFunction, UserData, callable};

static OBJECTS: Registry<Held> = Registry::new();

const NO_DESTRUCTOR_SYNC: u32 = 1;
const MOVE: u32 = 1;

/// The caller's data; its last owner calls the destructor.
pub struct UserObject {
    pub handle: Handle,
    destroy: HostFunction,
    data: UserData,
}

impl Drop for UserObject {
    fn drop(&mut self) {
        (self.destroy)(self.data.0);
    }
}

/// The references that the caller itself holds.
struct Held(Mutex<(u32, Arc<UserObject>)>);

fn count(number: u32) -> Result<u32> {
    if number == 0 || number > i32::MAX as u32 {
        Err(Status::INVALID_VALUE)
    } else {
        Ok(number)
    }
}

fn release(object: Handle, number: u32) -> Result {
    let held = OBJECTS.get(object)?;
    let mut references = held.0.lock().unwrap();
    references.0 = references.0.checked_sub(count(number)?).ok_or(Status::INVALID_VALUE)?;
    if references.0 == 0 {
        drop(references);
        OBJECTS.remove(object)?;
    }
    Ok(())
}

export! {
    fn cuUserObjectCreate(
        result: Out<Handle>, data: *mut libc::c_void, destroy: Option<HostFunction>, references: u32, flags: u32,
    ) {
        super::devices()?;
        result.require()?;
        if flags != NO_DESTRUCTOR_SYNC {
            return Err(Status::INVALID_VALUE);
        }
        let references = count(references)?;
        let handle = new_handle();
        let object = Arc::new(UserObject { handle, destroy: callable(destroy)?, data: UserData(data) });
        OBJECTS.insert(handle, Arc::new(Held(Mutex::new((references, object)))));
        result.set(handle)
    }
    fn cuUserObjectRetain(object: Handle, number: u32) {
        super::devices()?;
        let held = OBJECTS.get(object)?;
        let mut references = held.0.lock().unwrap();
        references.0 = references.0.checked_add(count(number)?).ok_or(Status::INVALID_VALUE)?;
        Ok(())
    }
    fn cuUserObjectRelease(object: Handle, number: u32) {
        super::devices()?;
        release(object, number)
    }
    fn cuGraphRetainUserObject(graph: Handle, object: Handle, number: u32, flags: u32) {
        let graph = graph_api::get(graph)?;
        let number = count(number)?;
        if flags & !MOVE != 0 {
            return Err(Status::INVALID_VALUE);
        }
        let kept = OBJECTS.get(object)?.0.lock().unwrap().1.clone();
        if flags & MOVE != 0 {
            release(object, number)?;
        }
        graph.keep(kept, number);
        Ok(())
    }
    fn cuGraphReleaseUserObject(graph: Handle, object: Handle, number: u32) {
        graph_api::get(graph)?.let_go(object, count(number)?)
    }
}
