//! Modules: PTX loaded into a context, with the options and logs of the just-in-time compiler, and linking.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use super::context::{Context, current};
use super::device::Device;
use super::export::{Handle, In, Out, Registry, Text, alias, export, new_handle, set_text};
use super::fatbinary::{ptx_of_bytes, ptx_of_image};
use super::function::{FUNCTIONS, Function};
use super::status::{Result, Status};
use crate::device::Image;
use crate::ptx::{JitOptions, Module};

pub static MODULES: Registry<LoadedModule> = Registry::new();
static LINKS: Registry<Link> = Registry::new();

pub struct LoadedModule {
    pub handle: Handle,
    /// Handle of the context it was loaded into.
    pub context: Handle,
    pub context_device: Arc<Device>,
    pub image: Image,
    /// Functions asked for so far, by name.
    functions: Mutex<BTreeMap<String, Arc<Function>>>,
}

impl Drop for LoadedModule {
    fn drop(&mut self) {
        self.image.unload(&self.context_device.memory);
    }
}

impl LoadedModule {
    pub fn load(context: &Context, module: Arc<Module>) -> Result<Arc<LoadedModule>> {
        let image = Image::load(module, &context.device.memory)?;
        let loaded = Arc::new(LoadedModule {
            handle: new_handle(),
            context: context.handle,
            context_device: context.device.clone(),
            image,
            functions: Mutex::default(),
        });
        MODULES.insert(loaded.handle, loaded.clone());
        Ok(loaded)
    }

    pub fn function(self: &Arc<Self>, name: &str) -> Result<Arc<Function>> {
        let index = self.image.module.kernel(name).ok_or(Status::NOT_FOUND)?;
        let mut functions = self.functions.lock().unwrap();
        if let Some(function) = functions.get(name) {
            return Ok(function.clone());
        }
        let function = Function::new(self, index)?;
        functions.insert(name.to_string(), function.clone());
        Ok(function)
    }

    /// Takes back its handle and its functions' handles; the code stays until queued launches are over.
    pub fn unload(&self) {
        let _ = MODULES.remove(self.handle);
        // Functions hold the module, the module holds the functions: this ends the circle.
        for function in std::mem::take(&mut *self.functions.lock().unwrap()).into_values() {
            let _ = FUNCTIONS.remove(function.handle);
        }
    }
}

/// Unloads the modules of a context that ends.
pub fn forget(context: &Context) {
    for module in MODULES.all() {
        if module.context == context.handle {
            module.unload();
        }
    }
}

/// Options and log buffers of cuModuleLoadDataEx and its relatives: numbers and values in parallel arrays.
pub struct Jit {
    numbers: Vec<u32>,
    values: Out<u64>,
}

const WALL_TIME: u32 = 2;
const INFO_LOG: u32 = 3;
const INFO_LOG_SIZE: u32 = 4;
const ERROR_LOG: u32 = 5;
const ERROR_LOG_SIZE: u32 = 6;
const LAST_OPTION: u32 = 33;

impl Jit {
    pub fn new(count: u32, numbers: In<u32>, values: Out<u64>) -> Result<Jit> {
        if count > 2 * LAST_OPTION {
            return Err(Status::INVALID_VALUE);
        }
        let numbers = numbers.list(count as usize)?;
        if numbers.iter().any(|&number| number > LAST_OPTION) || (count > 0 && values.is_null()) {
            return Err(Status::INVALID_VALUE);
        }
        Ok(Jit { numbers, values })
    }

    fn position(&self, number: u32) -> Option<usize> {
        self.numbers.iter().position(|&known| known == number)
    }

    fn value(&self, number: u32) -> Option<u64> {
        In::<u64>::at(self.values.address()).get_at(self.position(number)?).ok()
    }

    fn log(&self, buffer: u32, size: u32, text: &str) -> Result {
        let room = self.value(size).unwrap_or(0) as u32 as usize;
        let target = self.value(buffer).unwrap_or(0);
        let fits = target != 0 && room > 0;
        if fits {
            set_text(Out::at(target), room, text.as_bytes())?;
        }
        match self.position(size) {
            Some(index) => self.values.set_at(
                index,
                if fits && !text.is_empty() {
                    text.len().min(room - 1) as u64 + 1
                } else {
                    0
                },
            ),
            None => Ok(()),
        }
    }

    /// The PTX in an image; the error log says what to do where there is none.
    pub fn text(&self, image: In<u8>, capability: i32) -> Result<String> {
        self.explain(ptx_of_image(image, capability), capability)
    }

    fn explain(&self, text: Result<String>, capability: i32) -> Result<String> {
        if text == Err(Status::NO_BINARY_FOR_GPU) {
            let advice = format!(
                "error   : the image holds no PTX for sm_{capability} or older, only machine code of a card; softcuda runs \
                 PTX: compile with -ptx, or with -gencode arch=compute_80,code=compute_80"
            );
            self.log(INFO_LOG, INFO_LOG_SIZE, "")?;
            self.log(ERROR_LOG, ERROR_LOG_SIZE, &advice)?;
            if super::environment().trace {
                eprintln!("softcuda: {advice}");
            }
        }
        text
    }

    /// Compiles, filling the logs whatever comes of it.
    pub fn compile(&self, text: &str, name: Option<String>) -> Result<Arc<Module>> {
        let start = Instant::now();
        let compiled = Module::from_ptx(text, &JitOptions { name });
        if let Some(index) = self.position(WALL_TIME) {
            let milliseconds = start.elapsed().as_secs_f32() * 1e3;
            self.values.set_at(index, milliseconds.to_bits().into())?;
        }
        match compiled {
            Ok(module) => {
                let mut lines = Vec::new();
                for kernel in &module.kernels {
                    lines.push(format!(
                        "info    : Function properties for '{}': used {} registers, {} bytes smem, {} bytes lmem",
                        kernel.name, kernel.registers, kernel.shared_bytes, kernel.local_bytes
                    ));
                }
                self.log(INFO_LOG, INFO_LOG_SIZE, &lines.join("\n"))?;
                self.log(ERROR_LOG, ERROR_LOG_SIZE, "")?;
                Ok(Arc::new(module))
            }
            Err(error) => {
                self.log(INFO_LOG, INFO_LOG_SIZE, "")?;
                self.log(ERROR_LOG, ERROR_LOG_SIZE, &error.to_string())?;
                if super::environment().trace {
                    eprintln!("softcuda: {error}");
                }
                Err(Status::INVALID_PTX)
            }
        }
    }
}

/// The number nvcc gives an architecture: 8.0 is 80.
fn architecture(context: &Context) -> i32 {
    let (major, minor) = context.device.capability();
    major * 10 + minor
}

pub fn read_file(path: &str) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|_| Status::FILE_NOT_FOUND)
}

fn load_image(result: Out<Handle>, image: In<u8>, jit: &Jit) -> Result {
    let context = current()?;
    result.require()?;
    let text = jit.text(image, architecture(&context))?;
    let module = jit.compile(&text, None)?;
    result.set(LoadedModule::load(&context, module)?.handle)
}

fn get(handle: Handle) -> Result<Arc<LoadedModule>> {
    super::devices()?;
    MODULES.get(handle)
}

/// What cuLink* has been given so far.
struct Link {
    texts: Mutex<Vec<(String, String)>>,
    /// The linked text that cuLinkComplete has handed out.
    complete: Mutex<Option<Vec<u8>>>,
    jit: Mutex<Jit>,
}

/// Joins several PTX texts: one header, and `.extern` declarations dropped where another text has the definition.
fn link(texts: &[(String, String)]) -> Vec<u8> {
    let header = |line: &str| {
        let line = line.trim_start();
        [".version", ".target", ".address_size"]
            .iter()
            .any(|directive| line.starts_with(directive))
    };
    let mut joined = String::new();
    for (index, (_, text)) in texts.iter().enumerate() {
        for line in text.lines().filter(|line| index == 0 || !header(line)) {
            joined.push_str(line);
            joined.push('\n');
        }
    }
    joined.push('\0');
    joined.into_bytes()
}

fn add(link: Handle, kind: u32, bytes: &[u8], name: &str) -> Result {
    let context = current()?;
    let link = LINKS.get(link)?;
    let text = match kind {
        // PTX, fat binary.
        1 | 2 => ptx_of_bytes(bytes, architecture(&context)),
        // Machine code, objects, libraries, intermediate code.
        0 | 3..=5 => Err(Status::NO_BINARY_FOR_GPU),
        _ => return Err(Status::INVALID_VALUE),
    };
    let text = link.jit.lock().unwrap().explain(text, architecture(&context))?;
    let options = JitOptions {
        name: Some(name.to_string()),
    };
    if let Err(error) = Module::from_ptx(&text, &options) {
        // A text that only lacks what another one defines is whole once they are joined.
        link.jit
            .lock()
            .unwrap()
            .log(ERROR_LOG, ERROR_LOG_SIZE, &error.to_string())?;
        if !text.contains(".extern") {
            return Err(Status::INVALID_PTX);
        }
    }
    link.texts.lock().unwrap().push((name.to_string(), text));
    Ok(())
}

export! {
    fn cuModuleLoad(result: Out<Handle>, path: Text) {
        let context = current()?;
        result.require()?;
        let text = ptx_of_bytes(&read_file(path.get()?)?, architecture(&context))?;
        let module = Jit::new(0, In::at(0), Out::none())?.compile(&text, Some(path.get()?.to_string()))?;
        result.set(LoadedModule::load(&context, module)?.handle)
    }
    fn cuModuleLoadData(result: Out<Handle>, image: In<u8>) {
        load_image(result, image, &Jit::new(0, In::at(0), Out::none())?)
    }
    fn cuModuleLoadDataEx(result: Out<Handle>, image: In<u8>, count: u32, options: In<u32>, values: Out<u64>) {
        load_image(result, image, &Jit::new(count, options, values)?)
    }
    fn cuModuleLoadFatBinary(result: Out<Handle>, image: In<u8>) {
        load_image(result, image, &Jit::new(0, In::at(0), Out::none())?)
    }
    fn cuModuleUnload(module: Handle) {
        current()?;
        get(module)?.unload();
        Ok(())
    }
    fn cuModuleGetLoadingMode(mode: Out<u32>) {
        // Eager: nothing is left for the first use.
        mode.set(1)
    }
    fn cuModuleGetFunction(function: Out<Handle>, module: Handle, name: Text) {
        current()?;
        function.set(get(module)?.function(name.get()?)?.handle)
    }
    fn cuModuleGetFunctionCount(count: Out<u32>, module: Handle) {
        count.set(get(module)?.image.module.kernels.len() as u32)
    }
    fn cuModuleEnumerateFunctions(functions: Out<Handle>, count: u32, module: Handle) {
        let module = get(module)?;
        for (index, kernel) in module.image.module.kernels.iter().take(count as usize).enumerate() {
            functions.set_at(index, module.function(&kernel.name)?.handle)?;
        }
        Ok(())
    }
    fn cuModuleGetGlobal_v2(address: Out<u64>, bytes: Out<u64>, module: Handle, name: Text) {
        current()?;
        let (base, size) = get(module)?.image.global(name.get()?).ok_or(Status::NOT_FOUND)?;
        address.offer(base);
        bytes.offer(size);
        Ok(())
    }
    fn cuLinkCreate_v2(count: u32, options: In<u32>, values: Out<u64>, result: Out<Handle>) {
        current()?;
        let link = Link {
            texts: Mutex::default(),
            complete: Mutex::default(),
            jit: Mutex::new(Jit::new(count, options, values)?),
        };
        let handle = new_handle();
        result.set(handle)?;
        LINKS.insert(handle, Arc::new(link));
        Ok(())
    }
    fn cuLinkAddData_v2(
        link: Handle, kind: u32, data: In<u8>, size: u64, name: Text, _count: u32, _options: In<u32>, _values: Out<u64>,
    ) {
        let bytes = data.list(usize::try_from(size).map_err(|_| Status::INVALID_VALUE)?)?;
        add(link, kind, &bytes, name.get().unwrap_or("<unknown>"))
    }
    fn cuLinkAddFile_v2(
        link: Handle, kind: u32, path: Text, _count: u32, _options: In<u32>, _values: Out<u64>,
    ) {
        LINKS.get(link)?;
        add(link, kind, &read_file(path.get()?)?, path.get()?)
    }
    fn cuLinkComplete(link: Handle, image: Out<u64>, size: Out<u64>) {
        current()?;
        let state = LINKS.get(link)?;
        let joined = self::link(&state.texts.lock().unwrap());
        let text = String::from_utf8(joined[..joined.len() - 1].to_vec()).map_err(|_| Status::INVALID_IMAGE)?;
        state.jit.lock().unwrap().compile(&text, None)?;
        let mut complete = state.complete.lock().unwrap();
        let joined = complete.insert(joined);
        size.offer(joined.len() as u64);
        image.set(joined.as_ptr() as u64)
    }
    fn cuLinkDestroy(link: Handle) {
        super::devices()?;
        LINKS.remove(link).map(|_| ())
    }
}

alias! {
    cuLinkCreate = cuLinkCreate_v2, (count: u32, options: In<u32>, values: Out<u64>, result: Out<Handle>);
    cuLinkAddData = cuLinkAddData_v2,
        (link: Handle, kind: u32, data: In<u8>, size: u64, name: Text, count: u32, options: In<u32>, values: Out<u64>);
    cuLinkAddFile = cuLinkAddFile_v2,
        (link: Handle, kind: u32, path: Text, count: u32, options: In<u32>, values: Out<u64>);
}
