//! The launch interface of CUDA before 4.0: shape and arguments are set on the function, then it is launched.

use std::sync::Arc;

use super::export::{Handle, In, export};
use super::function::Function;
use super::launch::submit;
use super::status::{Result, Status};
use super::work::KernelLaunch;

/// What cuFuncSet* and cuParamSet* have set so far.
#[derive(Clone, Default)]
pub struct Prepared {
    block: [u32; 3],
    shared_bytes: u32,
    parameters: Vec<u8>,
}

/// No kernel takes more.
const MOST_PARAMETER_BYTES: u32 = 32764;

fn prepare(function: Handle, change: impl FnOnce(&mut Prepared) -> Result) -> Result {
    change(&mut Function::get(function)?.prepared.lock().unwrap())
}

fn set_parameter(function: Handle, offset: i32, bytes: &[u8]) -> Result {
    prepare(function, |prepared| {
        let start = usize::try_from(offset).map_err(|_| Status::INVALID_VALUE)?;
        let end = start
            .checked_add(bytes.len())
            .filter(|&end| end <= MOST_PARAMETER_BYTES as usize);
        let end = end.ok_or(Status::INVALID_VALUE)?;
        if prepared.parameters.len() < end {
            prepared.parameters.resize(end, 0);
        }
        prepared.parameters[start..end].copy_from_slice(bytes);
        Ok(())
    })
}

fn launch(function: Handle, width: i32, height: i32, stream: Handle) -> Result {
    let function = Function::get(function)?;
    let prepared = function.prepared.lock().unwrap().clone();
    let mut parameters = prepared.parameters;
    let wanted = function.kernel().parameter_bytes as usize;
    if parameters.len() < wanted || width <= 0 || height <= 0 {
        return Err(Status::INVALID_VALUE);
    }
    parameters.truncate(wanted);
    let launch = KernelLaunch {
        function,
        grid: [width as u32, height as u32, 1],
        block: prepared.block,
        shared_bytes: prepared.shared_bytes,
        parameters: Arc::new(parameters),
        cooperative: false,
    };
    submit(stream, launch)
}

export! {
    fn cuFuncSetBlockShape(function: Handle, x: i32, y: i32, z: i32) {
        if x <= 0 || y <= 0 || z <= 0 {
            return Err(Status::INVALID_VALUE);
        }
        prepare(function, |prepared| {
            prepared.block = [x as u32, y as u32, z as u32];
            Ok(())
        })
    }
    fn cuFuncSetSharedSize(function: Handle, bytes: u32) {
        prepare(function, |prepared| {
            prepared.shared_bytes = bytes;
            Ok(())
        })
    }
    fn cuParamSetSize(function: Handle, bytes: u32) {
        if bytes > MOST_PARAMETER_BYTES {
            return Err(Status::INVALID_VALUE);
        }
        prepare(function, |prepared| {
            prepared.parameters.resize(bytes as usize, 0);
            Ok(())
        })
    }
    fn cuParamSeti(function: Handle, offset: i32, value: u32) {
        set_parameter(function, offset, &value.to_le_bytes())
    }
    fn cuParamSetf(function: Handle, offset: i32, value: f32) {
        set_parameter(function, offset, &value.to_le_bytes())
    }
    fn cuParamSetv(function: Handle, offset: i32, value: In<u8>, bytes: u32) {
        if bytes > MOST_PARAMETER_BYTES {
            return Err(Status::INVALID_VALUE);
        }
        set_parameter(function, offset, &value.list(bytes as usize)?)
    }
    fn cuLaunch(function: Handle) {
        launch(function, 1, 1, 0)
    }
    fn cuLaunchGrid(function: Handle, width: i32, height: i32) {
        launch(function, width, height, 0)
    }
    fn cuLaunchGridAsync(function: Handle, width: i32, height: i32, stream: Handle) {
        launch(function, width, height, stream)
    }
}
