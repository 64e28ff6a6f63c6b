//! Texture and surface objects.

use crate::array::{Channels, channels_of, format_of};
use crate::context::enter;
use crate::driver;
use crate::errors::{Error, Result};
use crate::export::{Handle, In, Out, export, out};

const ARRAY: u32 = 0;
const MIPMAP: u32 = 1;
const LINEAR: u32 = 2;
const PITCHED: u32 = 3;

const READ_AS_INTEGER: u32 = 1;
const NORMALIZED_COORDINATES: u32 = 2;
const SRGB: u32 = 0x10;
const DISABLE_TRILINEAR: u32 = 0x20;
const SEAMLESS: u32 = 0x40;

/// What `cudaResourceDesc` begins with: type, address or handle, channels, extents. CUDA 13 has flags behind it.
#[repr(C)]
#[derive(Clone, Copy, Default)]
pub struct Resource {
    kind: u32,
    handle: u64,
    channels: Channels,
    extents: [u64; 3],
}

/// `CUDA_RESOURCE_DESC`.
#[repr(C)]
#[derive(Clone, Copy, Default)]
struct DriverResource {
    kind: u32,
    handle: u64,
    format: u32,
    channels: u32,
    extents: [u64; 3],
    reserved: [u64; 11],
    flags: u32,
}

/// `cudaTextureDesc`.
#[repr(C)]
#[derive(Clone, Copy, Default)]
pub struct Sampler {
    modes: [u32; 3],
    filter: u32,
    normalized_values: u32,
    srgb: i32,
    border: [f32; 4],
    normalized_coordinates: i32,
    anisotropy: u32,
    level_filter: u32,
    level_bias: f32,
    level_range: [f32; 2],
    disable_trilinear: i32,
    seamless: i32,
}

/// `CUDA_TEXTURE_DESC`.
#[repr(C)]
#[derive(Clone, Copy, Default)]
struct DriverSampler {
    modes: [u32; 3],
    filter: u32,
    flags: u32,
    anisotropy: u32,
    level_filter: u32,
    level_bias: f32,
    level_range: [f32; 2],
    border: [f32; 4],
    reserved: [i32; 12],
}

impl Resource {
    fn for_driver(&self) -> Result<DriverResource> {
        let mut resource = DriverResource {
            kind: self.kind,
            handle: self.handle,
            ..DriverResource::default()
        };
        match self.kind {
            ARRAY | MIPMAP => {}
            LINEAR | PITCHED => {
                (resource.format, resource.channels) = format_of(self.channels)?;
                resource.extents = self.extents;
            }
            _ => return Err(Error::InvalidValue),
        }
        Ok(resource)
    }

    fn of_driver(resource: &DriverResource) -> Resource {
        let memory = matches!(resource.kind, LINEAR | PITCHED);
        Resource {
            kind: resource.kind,
            handle: resource.handle,
            channels: if memory {
                channels_of(resource.format, resource.channels)
            } else {
                [0; 5]
            },
            extents: resource.extents,
        }
    }
}

impl Sampler {
    fn for_driver(&self) -> DriverSampler {
        let flag = |condition: bool, flag: u32| if condition { flag } else { 0 };
        DriverSampler {
            modes: self.modes,
            filter: self.filter,
            flags: flag(self.normalized_values == 0, READ_AS_INTEGER)
                | flag(self.normalized_coordinates != 0, NORMALIZED_COORDINATES)
                | flag(self.srgb != 0, SRGB)
                | flag(self.disable_trilinear != 0, DISABLE_TRILINEAR)
                | flag(self.seamless != 0, SEAMLESS),
            anisotropy: self.anisotropy,
            level_filter: self.level_filter,
            level_bias: self.level_bias,
            level_range: self.level_range,
            border: self.border,
            reserved: [0; 12],
        }
    }

    fn of_driver(sampler: &DriverSampler) -> Sampler {
        let has = |flag: u32| i32::from(sampler.flags & flag != 0);
        Sampler {
            modes: sampler.modes,
            filter: sampler.filter,
            normalized_values: u32::from(sampler.flags & READ_AS_INTEGER == 0),
            srgb: has(SRGB),
            border: sampler.border,
            normalized_coordinates: has(NORMALIZED_COORDINATES),
            anisotropy: sampler.anisotropy,
            level_filter: sampler.level_filter,
            level_bias: sampler.level_bias,
            level_range: sampler.level_range,
            disable_trilinear: has(DISABLE_TRILINEAR),
            seamless: has(SEAMLESS),
        }
    }
}

export! {
    fn cudaCreateTextureObject(result: Out<Handle>, resource: In<Resource>, sampler: In<Sampler>, view: u64) {
        result.require()?;
        let (mut resource, mut sampler) = (resource.get()?.for_driver()?, sampler.get()?.for_driver());
        enter()?;
        driver::cuTexObjectCreate(result.address(), out(&mut resource), out(&mut sampler), view)
    }
    fn cudaDestroyTextureObject(texture: Handle) {
        enter()?;
        if texture == 0 { Ok(()) } else { driver::cuTexObjectDestroy(texture) }
    }
    fn cudaGetTextureObjectResourceDesc(result: Out<Resource>, texture: Handle) {
        enter()?;
        let mut resource = DriverResource::default();
        driver::cuTexObjectGetResourceDesc(out(&mut resource), texture)?;
        result.set(Resource::of_driver(&resource))
    }
    fn cudaGetTextureObjectTextureDesc(result: Out<Sampler>, texture: Handle) {
        enter()?;
        let mut sampler = DriverSampler::default();
        driver::cuTexObjectGetTextureDesc(out(&mut sampler), texture)?;
        result.set(Sampler::of_driver(&sampler))
    }
    fn cudaGetTextureObjectResourceViewDesc(result: u64, texture: Handle) = cuTexObjectGetResourceViewDesc;
    fn cudaCreateSurfaceObject(result: Out<Handle>, resource: In<Resource>) {
        result.require()?;
        let mut resource = resource.get()?.for_driver()?;
        enter()?;
        driver::cuSurfObjectCreate(result.address(), out(&mut resource))
    }
    fn cudaDestroySurfaceObject(surface: Handle) {
        enter()?;
        if surface == 0 { Ok(()) } else { driver::cuSurfObjectDestroy(surface) }
    }
    fn cudaGetSurfaceObjectResourceDesc(result: Out<Resource>, surface: Handle) {
        enter()?;
        let mut resource = DriverResource::default();
        driver::cuSurfObjectGetResourceDesc(out(&mut resource), surface)?;
        result.set(Resource::of_driver(&resource))
    }
}
