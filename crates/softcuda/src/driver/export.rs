//! What every exported function goes through: typed C pointers, panics stopped at the boundary, handles.

use std::cell::Cell;
use std::collections::HashMap;
use std::ffi::{CStr, c_char};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use super::status::{Result, Status};

/// A context, stream, event, module ... as its owner names it. Handles are never reused: a stale one is recognised.
pub type Handle = u64;

/// A pointer through which the caller takes a result.
#[repr(transparent)]
pub struct Out<T>(*mut T);

/// A pointer to what the caller passes.
#[repr(transparent)]
pub struct In<T>(*const T);

/// A nul-terminated string of the caller's.
#[repr(transparent)]
pub struct Text(*const c_char);

/// Nor longer images.
const MOST_BYTES: usize = 1 << 30;
/// No caller passes longer lists: a larger number is a negative or garbled one.
const MOST_ELEMENTS: usize = 1 << 20;

/// Whether an address can be one of this process's at all: neither in the null page nor beyond user space.
pub fn plausible(address: u64) -> bool {
    (4096..0x7fff_ffff_f000).contains(&address)
}

/// Copies caller's bytes; false where not all of them are readable.
fn copy_from_caller(to: *mut u8, from: u64, bytes: usize) -> bool {
    let there = libc::iovec {
        iov_base: from as *mut libc::c_void,
        iov_len: bytes,
    };
    let here = libc::iovec {
        iov_base: to.cast(),
        iov_len: bytes,
    };
    // SAFETY: `to` has room for the bytes; reading where nothing is mapped is an error of this call, not a fault.
    let copied = unsafe { libc::process_vm_readv(libc::getpid(), &here, 1, &there, 1, 0) };
    if copied >= 0 || std::io::Error::last_os_error().raw_os_error() == Some(libc::EFAULT) {
        return copied == bytes as isize;
    }
    // SAFETY: where the system forbids that call the caller is taken at its word, as the API's contract has it.
    unsafe { std::ptr::copy_nonoverlapping(from as *const u8, to, bytes) };
    true
}

impl<T> Clone for Out<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Out<T> {}
impl<T> Clone for In<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for In<T> {}

// SAFETY: what it points to is the caller's, who may call from any thread.
unsafe impl<T> Send for Out<T> {}

impl<T: Copy> Out<T> {
    /// A result nobody takes.
    pub fn at(address: u64) -> Out<T> {
        Out(address as *mut T)
    }

    pub fn none() -> Out<T> {
        Out(std::ptr::null_mut())
    }

    pub fn is_null(self) -> bool {
        self.0.is_null()
    }

    pub fn set(self, value: T) -> Result {
        self.set_at(0, value)
    }

    /// Writes one element of the caller's array.
    pub fn set_at(self, index: usize, value: T) -> Result {
        if !plausible(self.0 as u64) {
            return Err(Status::INVALID_VALUE);
        }
        // SAFETY: the API's contract makes the caller pass writable memory of that many elements.
        unsafe { self.0.add(index).write_unaligned(value) };
        Ok(())
    }

    /// As `set`, for results the caller may decline with a null pointer.
    pub fn offer(self, value: T) {
        let _ = self.set(value);
    }

    pub fn get(self) -> Result<T> {
        In(self.0).get()
    }

    pub fn require(self) -> Result {
        if plausible(self.0 as u64) {
            Ok(())
        } else {
            Err(Status::INVALID_VALUE)
        }
    }

    pub fn address(self) -> u64 {
        self.0 as u64
    }
}

impl<T: Copy> In<T> {
    pub fn is_null(self) -> bool {
        self.0.is_null()
    }

    pub fn at(address: u64) -> In<T> {
        In(address as *const T)
    }

    pub fn get(self) -> Result<T> {
        self.get_at(0)
    }

    pub fn get_at(self, index: usize) -> Result<T> {
        if !plausible(self.0 as u64) {
            return Err(Status::INVALID_VALUE);
        }
        // SAFETY: the API's contract makes the caller pass readable memory of that many elements.
        Ok(unsafe { self.0.add(index).read_unaligned() })
    }

    /// `count` elements; a null pointer stands for none where `count` is 0.
    pub fn list(self, count: usize) -> Result<Vec<T>> {
        let most = if size_of::<T>() == 1 { MOST_BYTES } else { MOST_ELEMENTS };
        if count > most {
            return Err(Status::INVALID_VALUE);
        }
        if count == 0 {
            return Ok(Vec::new());
        }
        let bytes = count * size_of::<T>();
        if !plausible(self.address()) {
            return Err(Status::INVALID_VALUE);
        }
        let mut list: Vec<T> = Vec::with_capacity(count);
        let to = list.as_mut_ptr().cast::<u8>();
        if bytes > 4096 {
            // A length that leads out of the caller's memory is a wrong one.
            if !copy_from_caller(to, self.address(), bytes) {
                return Err(Status::INVALID_VALUE);
            }
        } else {
            // SAFETY: the API's contract makes the caller pass that many readable elements; they are copied as bytes,
            // for they need not be aligned.
            unsafe { std::ptr::copy_nonoverlapping(self.0.cast::<u8>(), to, bytes) };
        }
        // SAFETY: all of them were just written, and are plain data.
        unsafe { list.set_len(count) };
        Ok(list)
    }

    pub fn address(self) -> u64 {
        self.0 as u64
    }
}

impl Text {
    pub fn get(&self) -> Result<&str> {
        if !plausible(self.0 as u64) {
            return Err(Status::INVALID_VALUE);
        }
        // SAFETY: the API's contract makes the caller pass a nul-terminated string.
        let text = unsafe { CStr::from_ptr(self.0) };
        text.to_str().map_err(|_| Status::INVALID_VALUE)
    }
}

/// Copies `bytes` and a nul into the caller's buffer of `size` bytes, cut where it is too small.
pub fn set_text(buffer: Out<u8>, size: usize, bytes: &[u8]) -> Result {
    let length = bytes.len().min(size.saturating_sub(1));
    for (index, &byte) in bytes[..length].iter().chain(&[0]).enumerate().take(size) {
        buffer.set_at(index, byte)?;
    }
    Ok(())
}

thread_local! {
    static PER_THREAD_STREAM: Cell<bool> = const { Cell::new(false) };
}

/// Whether stream 0 means this thread's own default stream: true inside the `_ptsz` and `_ptds` forms.
pub fn default_stream_is_per_thread() -> bool {
    PER_THREAD_STREAM.get()
}

/// Runs `body` with stream 0 as the per-thread default stream.
pub fn per_thread(body: impl FnOnce() -> u32) -> u32 {
    let before = PER_THREAD_STREAM.replace(true);
    let code = body();
    PER_THREAD_STREAM.set(before);
    code
}

thread_local! {
    static CALL: Cell<&'static str> = const { Cell::new("") };
}

/// The exported function that this thread is in, or was in last.
pub fn call() -> &'static str {
    CALL.get()
}

/// Turns a result into a code; a panic inside becomes CUDA_ERROR_UNKNOWN instead of crossing into C.
pub fn guard(name: &'static str, body: impl FnOnce() -> Result) -> u32 {
    CALL.set(name);
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(())) => 0,
        Ok(Err(status)) => {
            if super::environment().trace {
                let text = Status::describe(status.0).map_or(Default::default(), |texts| texts.0.to_string_lossy());
                eprintln!("softcuda: {name}: {text} ({})", status.0);
            }
            status.0
        }
        Err(_) => {
            eprintln!("softcuda: internal error in {name}");
            Status::UNKNOWN.0
        }
    }
}

/// Defines exported functions: `fn cuName(arguments) { body }`, or `fn cuName | cuName_ptsz (arguments) { body }` where
/// the second form takes stream 0 as the per-thread default stream. Bodies give a [`Result`].
macro_rules! export {
    (@one $name:ident ($($argument:ident : $type:ty),* $(,)?) $body:block) => {
        #[unsafe(no_mangle)]
        pub extern "C" fn $name($($argument: $type),*) -> u32 {
            $crate::driver::export::guard(stringify!($name), move || $body)
        }
    };
    (@alias $alias:ident $name:ident ($($argument:ident : $type:ty),* $(,)?)) => {
        #[unsafe(no_mangle)]
        pub extern "C" fn $alias($($argument: $type),*) -> u32 {
            $crate::driver::export::per_thread(move || $name($($argument),*))
        }
    };
    () => {};
    (fn $name:ident | $alias:ident $arguments:tt $body:block $($rest:tt)*) => {
        export!(@one $name $arguments $body);
        export!(@alias $alias $name $arguments);
        export!($($rest)*);
    };
    (fn $name:ident $arguments:tt $body:block $($rest:tt)*) => {
        export!(@one $name $arguments $body);
        export!($($rest)*);
    };
}
pub(crate) use export;

/// Second names of functions: `cuOld = cuNew(arguments)`.
macro_rules! alias {
    ($($alias:ident = $name:path, ($($argument:ident : $type:ty),* $(,)?);)*) => {
        $(
            #[unsafe(no_mangle)]
            pub extern "C" fn $alias($($argument: $type),*) -> u32 {
                $name($($argument),*)
            }
        )*
    };
}
pub(crate) use alias;

// Beyond user space: a handle can never be taken for an address.
static NEXT_HANDLE: AtomicU64 = AtomicU64::new(0x5_c000_0000_1000);

/// A handle nobody had before.
pub fn new_handle() -> Handle {
    NEXT_HANDLE.fetch_add(16, Ordering::Relaxed)
}

/// The live objects of one kind by handle.
pub struct Registry<T>(LazyLock<RwLock<HashMap<Handle, Arc<T>>>>);

impl<T> Registry<T> {
    pub const fn new() -> Registry<T> {
        Registry(LazyLock::new(|| RwLock::new(HashMap::new())))
    }

    pub fn insert(&self, handle: Handle, object: Arc<T>) {
        self.0
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(handle, object);
    }

    /// # Errors
    /// INVALID_HANDLE for what never was, or is no more.
    pub fn get(&self, handle: Handle) -> Result<Arc<T>> {
        let objects = self.0.read().unwrap_or_else(PoisonError::into_inner);
        objects.get(&handle).cloned().ok_or(Status::INVALID_HANDLE)
    }

    pub fn remove(&self, handle: Handle) -> Result<Arc<T>> {
        let mut objects = self.0.write().unwrap_or_else(PoisonError::into_inner);
        objects.remove(&handle).ok_or(Status::INVALID_HANDLE)
    }

    /// Removes objects, and gives their handles.
    pub fn remove_if(&self, unwanted: impl Fn(&T) -> bool) -> Vec<Handle> {
        let mut objects = self.0.write().unwrap_or_else(PoisonError::into_inner);
        objects
            .extract_if(|_, object| unwanted(object))
            .map(|(handle, _)| handle)
            .collect()
    }

    pub fn all(&self) -> Vec<Arc<T>> {
        self.0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .values()
            .cloned()
            .collect()
    }
}
