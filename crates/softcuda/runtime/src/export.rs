//! What every exported function goes through: panics stopped at the boundary, errors remembered, streams resolved.

use std::cell::Cell;
use std::ffi::{CStr, CString};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use crate::errors::{Error, Result, remember};

/// An object of the driver's: streams, events, graphs, kernels ... are the same in both APIs.
pub type Handle = u64;

/// A size or position in three dimensions (`dim3`).
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dim3 {
    pub x: u32,
    pub y: u32,
    pub z: u32,
}

/// A stream argument: 0 means the legacy default stream, or in `_ptsz` and `_ptds` forms the calling thread's.
#[repr(transparent)]
#[derive(Clone, Copy)]
pub struct Stream(Handle);

const PER_THREAD: Handle = 2;

thread_local! {
    static DEFAULT_IS_PER_THREAD: Cell<bool> = const { Cell::new(false) };
}

impl Stream {
    /// The default stream of the form that was called.
    pub const DEFAULT: Stream = Stream(0);

    /// The argument as it was passed.
    pub fn raw(self) -> u64 {
        self.0
    }

    pub fn resolve(self) -> Handle {
        if self.0 == 0 && DEFAULT_IS_PER_THREAD.get() {
            PER_THREAD
        } else {
            self.0
        }
    }
}

/// How an argument of the runtime's function is handed to the driver's.
pub trait Pass {
    type To;
    fn pass(self) -> Self::To;
}

impl Pass for Stream {
    type To = Handle;
    fn pass(self) -> Handle {
        self.resolve()
    }
}

macro_rules! pass_unchanged {
    ($($type:ty)*) => { $(impl Pass for $type {
        type To = $type;
        fn pass(self) -> $type {
            self
        }
    })* };
}
pass_unchanged!(u64 u32 i32);

/// A pointer through which the caller takes a result.
#[repr(transparent)]
pub struct Out<T>(*mut T);

/// A pointer to what the caller passes.
#[repr(transparent)]
pub struct In<T>(*const T);

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

/// Whether an address can be one of this process's at all: neither in the null page nor beyond user space.
fn plausible(address: u64) -> bool {
    (4096..0x7fff_ffff_f000).contains(&address)
}

impl<T: Copy> Out<T> {
    pub fn require(self) -> Result {
        if plausible(self.0 as u64) {
            Ok(())
        } else {
            Err(Error::InvalidValue)
        }
    }

    pub fn set(self, value: T) -> Result {
        self.require()?;
        // SAFETY: the API's contract makes the caller pass writable memory for the result.
        unsafe { self.0.write_unaligned(value) };
        Ok(())
    }

    /// As `set`, for results the caller may decline with a null pointer.
    pub fn offer(self, value: T) {
        let _ = self.set(value);
    }

    pub fn get(self) -> Result<T> {
        In(self.0.cast_const()).get()
    }

    pub fn address(self) -> u64 {
        self.0 as u64
    }

    pub fn at(address: u64) -> Out<T> {
        Out(address as *mut T)
    }
}

impl<T: Copy> In<T> {
    pub fn get(self) -> Result<T> {
        self.get_at(0)
    }

    pub fn get_at(self, index: usize) -> Result<T> {
        if !plausible(self.0 as u64) {
            return Err(Error::InvalidValue);
        }
        // SAFETY: the API's contract makes the caller pass readable memory of that many elements.
        Ok(unsafe { self.0.add(index).read_unaligned() })
    }

    pub fn address(self) -> u64 {
        self.0 as u64
    }

    pub fn at(address: u64) -> In<T> {
        In(address as *const T)
    }
}

/// The caller's nul-terminated string.
pub fn text(address: u64) -> Result<CString> {
    if !plausible(address) {
        return Err(Error::InvalidValue);
    }
    // SAFETY: the API's contract makes the caller pass a nul-terminated string.
    Ok(unsafe { CStr::from_ptr(address as *const libc::c_char) }.to_owned())
}

/// Where a result of the driver's goes.
pub fn out<T>(value: &mut T) -> u64 {
    std::ptr::from_mut(value) as u64
}

/// Runs `body` with stream 0 as the per-thread default stream.
pub fn per_thread(body: impl FnOnce() -> u32) -> u32 {
    let before = DEFAULT_IS_PER_THREAD.replace(true);
    let code = body();
    DEFAULT_IS_PER_THREAD.set(before);
    code
}

/// Turns a result into a code and remembers it; a panic inside becomes cudaErrorUnknown instead of crossing into C.
pub fn guard(name: &'static str, body: impl FnOnce() -> Result) -> u32 {
    static TRACE: LazyLock<bool> =
        LazyLock::new(|| std::env::var("SOFTCUDA_TRACE").is_ok_and(|value| !value.is_empty() && value != "0"));
    let error = match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(())) => return 0,
        Ok(Err(error)) => error,
        Err(_) => {
            eprintln!("softcuda: internal error in {name}");
            Error::Unknown
        }
    };
    if *TRACE {
        eprintln!("softcuda: {name}: {} ({})", error.name(), error.0);
    }
    remember(error);
    error.0
}

/// Defines exported functions: `fn cudaName(arguments) { body }`, or `fn cudaName | cudaName_ptsz (arguments) { body }`
/// where the second form takes stream 0 as the per-thread default stream; and `fn cudaName(arguments) = cuName;` for
/// what the driver does with the same arguments in the current context.
macro_rules! export {
    (@one $name:ident ($($argument:ident : $type:ty),* $(,)?) $body:block) => {
        #[unsafe(no_mangle)]
        pub extern "C" fn $name($($argument: $type),*) -> u32 {
            $crate::export::guard(stringify!($name), move || $body)
        }
    };
    (@forward $driver:ident $name:ident ($($argument:ident : $type:ty),* $(,)?)) => {
        export!(@one $name ($($argument: $type),*) {
            $crate::context::enter()?;
            $crate::driver::$driver($($crate::export::Pass::pass($argument)),*)
        });
    };
    (@alias $alias:ident $name:ident ($($argument:ident : $type:ty),* $(,)?)) => {
        #[unsafe(no_mangle)]
        pub extern "C" fn $alias($($argument: $type),*) -> u32 {
            $crate::export::per_thread(move || $name($($argument),*))
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
    (fn $name:ident | $alias:ident $arguments:tt = $driver:ident; $($rest:tt)*) => {
        export!(@forward $driver $name $arguments);
        export!(@alias $alias $name $arguments);
        export!($($rest)*);
    };
    (fn $name:ident $arguments:tt = $driver:ident; $($rest:tt)*) => {
        export!(@forward $driver $name $arguments);
        export!($($rest)*);
    };
}
pub(crate) use export;
