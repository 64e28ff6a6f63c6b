//! Devices: enumeration, attributes, names (CUDA driver API, "Device Management").

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use super::context::Context;
use super::export::{Out, Text, export, set_text};
use super::pool::Pool;
use super::status::{Result, Status};
use super::{devices, environment};
use crate::device::Memory;

pub const MULTIPROCESSORS: i32 = 16;
pub const MAX_THREADS_PER_BLOCK: u32 = 1024;
pub const MAX_THREADS_PER_MULTIPROCESSOR: u32 = 2048;
pub const MAX_BLOCKS_PER_MULTIPROCESSOR: u32 = 32;
pub const REGISTERS_PER_MULTIPROCESSOR: u32 = 65536;
/// Shared memory a block has without opting in for more.
pub const SHARED_PER_BLOCK: u32 = 48 << 10;
/// Shared memory the system keeps of every block.
pub const SHARED_RESERVED: u32 = 1 << 10;
pub const PITCH_ALIGNMENT: u64 = 512;

pub struct Device {
    pub ordinal: i32,
    pub memory: Arc<Memory>,
    /// The primary context while it is retained, and how often it is.
    pub primary: Mutex<(Option<Arc<Context>>, u32)>,
    pub primary_flags: AtomicU32,
    pub default_pool: Arc<Pool>,
    pub current_pool: Mutex<Arc<Pool>>,
    /// Bytes of the graphs' own allocations, now and at most.
    pub graph_memory: [AtomicU64; 2],
}

/// Makes the devices the environment asks for.
pub fn enumerate() -> Result<Vec<Arc<Device>>> {
    let environment = environment();
    let count = environment.devices;
    // SAFETY: sysconf only reads.
    let (pages, page) = unsafe { (libc::sysconf(libc::_SC_PHYS_PAGES), libc::sysconf(libc::_SC_PAGESIZE)) };
    let host = (pages.max(1) as u64).saturating_mul(page.max(1) as u64);
    let share = (host / 4 * 3 / count.max(1) as u64) & !((1 << 21) - 1);
    let capacity = environment.memory.unwrap_or(share).clamp(1 << 20, host.max(1 << 21));
    let device = |ordinal| {
        let memory = Memory::new(capacity).map_err(|_| Status::OUT_OF_MEMORY)?;
        if environment.options.check_memory {
            memory.track_writes();
        }
        let default_pool = Pool::new(ordinal, 0);
        Ok(Arc::new(Device {
            ordinal,
            memory: Arc::new(memory),
            primary: Mutex::new((None, 0)),
            primary_flags: AtomicU32::new(0),
            current_pool: Mutex::new(default_pool.clone()),
            default_pool,
            graph_memory: [AtomicU64::new(0), AtomicU64::new(0)],
        }))
    };
    (0..count as i32).map(device).collect()
}

pub fn get(ordinal: i32) -> Result<&'static Arc<Device>> {
    let index = usize::try_from(ordinal).map_err(|_| Status::INVALID_DEVICE)?;
    devices()?.get(index).ok_or(Status::INVALID_DEVICE)
}

/// The device whose own memory holds `address`. Host ranges are known to every device and belong to none.
pub fn owner(address: u64) -> Option<&'static Arc<Device>> {
    let holds = |device: &&Arc<Device>| {
        device
            .memory
            .find(address)
            .is_some_and(|allocation| allocation.kind != crate::device::Kind::Host)
    };
    devices().ok()?.iter().find(holds)
}

impl Device {
    pub fn capability(&self) -> (i32, i32) {
        environment().capability
    }

    /// Shared memory of a multiprocessor, as the CUDA programming guide's table of compute capabilities gives it.
    pub fn shared_per_multiprocessor(&self) -> u32 {
        match self.capability() {
            (8, 0) | (8, 7) => 164 << 10,
            (8, _) | (12, _) => 100 << 10,
            _ => 228 << 10,
        }
    }

    pub fn shared_per_block_optin(&self) -> u32 {
        self.shared_per_multiprocessor() - SHARED_RESERVED
    }

    pub fn attribute(&self, attribute: i32) -> Result<i32> {
        let (major, minor) = self.capability();
        Ok(match attribute {
            1..=3 => MAX_THREADS_PER_BLOCK as i32,
            4 => 64,
            5 => i32::MAX,
            6 | 7 => 65535,
            8 => SHARED_PER_BLOCK as i32,
            9 => 65536,
            10 => 32,
            11 => i32::MAX,
            12 | 82 => REGISTERS_PER_MULTIPROCESSOR as i32,
            13 => 1_410_000,
            14 => 512,
            16 => MULTIPROCESSORS,
            // Yes: overlap of copies, mapped host memory, concurrent kernels, unified addressing, priorities, L1 caches,
            // managed memory, preemption, registered host pointers, stream memory operations, cooperative launch,
            // host registration, virtual memory management, memory pools.
            15 | 19 | 31 | 41 | 78 | 79 | 80 | 83 | 89 | 90 | 91 | 92 | 93 | 94 | 95 | 99 | 102 | 115 | 122 | 123 => 1,
            21 | 69 => 131_072,
            22 | 23 => 131_072,
            24..=26 => 16384,
            27 | 28 => 32768,
            29 | 43 => 2048,
            30 => 512,
            33 => 1 + self.ordinal,
            36 => 1_215_000,
            37 => 5120,
            38 => 40 << 20,
            39 => MAX_THREADS_PER_MULTIPROCESSOR as i32,
            40 => 3,
            42 | 45 | 46 | 52 | 53 | 55 | 56 | 57 => 32768,
            47..=49 => 8192,
            51 => 32,
            54 => 2046,
            58..=60 => 16384,
            61 | 63 | 64 | 66 | 67 => 32768,
            62 | 65 => 2048,
            68 => 2046,
            70..=74 => 32768,
            75 => major,
            76 => minor,
            77 => 32768,
            81 => self.shared_per_multiprocessor() as i32,
            85 => self.ordinal,
            87 => 2,
            97 => self.shared_per_block_optin() as i32,
            106 => MAX_BLOCKS_PER_MULTIPROCESSOR as i32,
            111 => SHARED_RESERVED as i32,
            126 => 1,
            131 | 134 => -1,
            // All that this device lacks (ECC, IPC, clusters, tensor maps, multicast, ...) is 0.
            17
            | 18
            | 20
            | 32
            | 34
            | 35
            | 44
            | 50
            | 84
            | 86
            | 88
            | 96
            | 98
            | 100
            | 101
            | 103..=105
            | 107..=110
            | 112..=114
            | 116..=121
            | 124
            | 125
            | 127..=130
            | 132
            | 133
            | 135..=147 => 0,
            _ => return Err(Status::INVALID_VALUE),
        })
    }

    pub fn name(&self) -> String {
        let (major, minor) = self.capability();
        format!("softcuda sm_{major}{minor}")
    }

    fn uuid(&self) -> [u8; 16] {
        let mut uuid = *b"softcuda-device\0";
        uuid[15] = self.ordinal as u8;
        uuid
    }

    fn bus_id(&self) -> String {
        format!("0000:{:02X}:00.0", 1 + self.ordinal)
    }
}

export! {
    fn cuDeviceGet(device: Out<i32>, ordinal: i32) {
        device.set(get(ordinal)?.ordinal)
    }
    fn cuDeviceGetCount(count: Out<i32>) {
        count.set(devices()?.len() as i32)
    }
    fn cuDeviceGetName(name: Out<u8>, length: i32, device: i32) {
        if length <= 0 {
            return Err(Status::INVALID_VALUE);
        }
        set_text(name, length as usize, get(device)?.name().as_bytes())
    }
    fn cuDeviceGetUuid(uuid: Out<[u8; 16]>, device: i32) {
        uuid.set(get(device)?.uuid())
    }
    fn cuDeviceGetUuid_v2(uuid: Out<[u8; 16]>, device: i32) {
        uuid.set(get(device)?.uuid())
    }
    fn cuDeviceTotalMem_v2(bytes: Out<u64>, device: i32) {
        bytes.set(get(device)?.memory.capacity())
    }
    fn cuDeviceTotalMem(bytes: Out<u32>, device: i32) {
        bytes.set(get(device)?.memory.capacity().min(u32::MAX.into()) as u32)
    }
    fn cuDeviceGetAttribute(value: Out<i32>, attribute: i32, device: i32) {
        value.set(get(device)?.attribute(attribute)?)
    }
    fn cuDeviceComputeCapability(major: Out<i32>, minor: Out<i32>, device: i32) {
        let capability = get(device)?.capability();
        major.set(capability.0)?;
        minor.set(capability.1)
    }
    fn cuDeviceGetProperties(properties: Out<[i32; 14]>, device: i32) {
        let device = get(device)?;
        let mut values = [0; 14];
        // CUdevprop: threads per block, block[3], grid[3], shared, constant, warp, pitch, registers, clock, alignment.
        for (value, attribute) in values.iter_mut().zip(1..=14) {
            *value = device.attribute(attribute)?;
        }
        properties.set(values)
    }
    fn cuDeviceGetPCIBusId(id: Out<u8>, length: i32, device: i32) {
        let device = get(device)?;
        if length < 13 {
            return Err(Status::INVALID_VALUE);
        }
        set_text(id, length as usize, device.bus_id().as_bytes())
    }
    fn cuDeviceGetByPCIBusId(device: Out<i32>, id: Text) {
        let wanted = id.get()?.to_ascii_uppercase();
        let full = if wanted.matches(':').count() == 1 { format!("0000:{wanted}") } else { wanted };
        let full = if full.contains('.') { full } else { format!("{full}.0") };
        let found = devices()?.iter().find(|device| device.bus_id() == full);
        device.set(found.ok_or(Status::INVALID_VALUE)?.ordinal)
    }
    fn cuDeviceGetTexture1DLinearMaxWidth(width: Out<u64>, format: u32, channels: u32, device: i32) {
        get(device)?;
        if !matches!(format, 1..=3 | 8..=10 | 0x10 | 0x20) || !matches!(channels, 1 | 2 | 4) {
            return Err(Status::INVALID_VALUE);
        }
        // In texels, whatever their size (attribute 69 of an A100).
        width.set(1 << 28)
    }
    fn cuDeviceGetExecAffinitySupport(supported: Out<i32>, _kind: i32, device: i32) {
        get(device)?;
        supported.set(0)
    }
    fn cuDeviceCanAccessPeer(can: Out<i32>, device: i32, peer: i32) {
        let (device, peer) = (get(device)?, get(peer)?);
        can.set((device.ordinal != peer.ordinal) as i32)
    }
    fn cuDeviceGetP2PAttribute(value: Out<i32>, attribute: i32, source: i32, destination: i32) {
        let (source, destination) = (get(source)?, get(destination)?);
        if source.ordinal == destination.ordinal {
            return Err(Status::INVALID_DEVICE);
        }
        // Performance rank, access, native atomics, array access.
        value.set(match attribute {
            1 | 4 => 0,
            2 | 3 => 1,
            _ => return Err(Status::INVALID_VALUE),
        })
    }
    fn cuDeviceGetGraphMemAttribute(device: i32, attribute: i32, value: Out<u64>) {
        let device = get(device)?;
        match attribute {
            0..=3 => value.set(device.graph_memory[(attribute & 1) as usize].load(Ordering::Relaxed)),
            _ => Err(Status::INVALID_VALUE),
        }
    }
    fn cuDeviceSetGraphMemAttribute(device: i32, attribute: i32, _value: Out<u64>) {
        let device = get(device)?;
        match attribute {
            // Only the high-water marks can be set, and only back to what is used now.
            1 | 3 => {
                let now = device.graph_memory[0].load(Ordering::Relaxed);
                device.graph_memory[1].store(now, Ordering::Relaxed);
                Ok(())
            }
            _ => Err(Status::INVALID_VALUE),
        }
    }
    fn cuDeviceGraphMemTrim(device: i32) {
        get(device).map(|_| ())
    }
}
