//! `pytorch_model.bin`: the zip archive that `torch.save` writes, read without running anything.
//!
//! The archive's pickle may build dictionaries, lists, tuples, numbers and tensors; any other name that it calls is
//! refused. Format: PyTorch's `torch/serialization.py` (zip, since 1.6) and Python's `pickletools` (protocol 2 to 5).

use super::ModelError;
use std::collections::HashMap;
use std::io::Read;
use std::path::Path;
use std::rc::Rc;

/// A tensor's shape and values.
pub type TensorValues = (Vec<usize>, Vec<f32>);

/// All floating-point tensors of a file, by name; others are left out.
pub fn read(path: &Path) -> Result<HashMap<String, TensorValues>, ModelError> {
    read_archive(path).map_err(|message| ModelError::Checkpoint {
        path: path.to_path_buf(),
        message,
    })
}

fn read_archive(path: &Path) -> Result<HashMap<String, TensorValues>, String> {
    let file = std::fs::File::open(path).map_err(|error| error.to_string())?;
    let mut archive = zip::ZipArchive::new(file)
        .map_err(|error| format!("not a complete PyTorch file of version 1.6 or later ({error})"))?;
    let pickle = archive
        .file_names()
        .find(|name| name.ends_with("/data.pkl") || *name == "data.pkl")
        .map(str::to_owned)
        .ok_or("not a PyTorch file: it holds no data.pkl")?;
    let folder = pickle.strip_suffix("data.pkl").unwrap_or("").to_owned();
    let mut read = |name: &str| {
        let mut entry = archive.by_name(name).map_err(|error| format!("{name}: {error}"))?;
        let mut bytes = Vec::new();
        entry
            .read_to_end(&mut bytes)
            .map_err(|error| format!("{name}: {error}"))?;
        Ok::<_, String>(bytes)
    };
    let bytes = read(&pickle)?;
    let Value::Dict(entries) = Machine::new(&bytes).run()? else {
        return Err("its pickle holds no dictionary of tensors".to_owned());
    };
    let mut tensors = HashMap::new();
    for (name, value) in entries.take() {
        let (Value::Text(name), Value::Tensor(tensor)) = (name, value) else {
            continue;
        };
        if tensor.storage.kind == Kind::Other {
            continue;
        }
        let data = read(&format!("{folder}data/{}", tensor.storage.key))?;
        let values = tensor
            .values(&data)
            .ok_or_else(|| format!("tensor `{name}`: its data is too short"))?;
        tensors.insert(name.to_string(), (tensor.shape.clone(), values));
    }
    Ok(tensors)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Float,
    Double,
    Half,
    BFloat16,
    /// Integers and booleans: counters and masks, not parameters.
    Other,
}

#[derive(Debug)]
struct Storage {
    kind: Kind,
    key: String,
}

#[derive(Debug)]
struct TensorView {
    storage: Rc<Storage>,
    offset: usize,
    shape: Vec<usize>,
    strides: Vec<usize>,
}

impl TensorView {
    /// The values in row-major order.
    fn values(&self, data: &[u8]) -> Option<Vec<f32>> {
        let width = match self.storage.kind {
            Kind::Float => 4,
            Kind::Double => 8,
            Kind::Half | Kind::BFloat16 => 2,
            Kind::Other => return None,
        };
        let count = self
            .shape
            .iter()
            .try_fold(1usize, |count, &size| count.checked_mul(size))?;
        // A view may repeat its data, but no parameter of a model does.
        if count > data.len() / width {
            return None;
        }
        let mut values = Vec::with_capacity(count);
        let mut index = vec![0; self.shape.len()];
        for _ in 0..count {
            let place = index
                .iter()
                .zip(&self.strides)
                .try_fold(self.offset, |place, (i, stride)| {
                    place.checked_add(usize::checked_mul(*i, *stride)?)
                })?;
            let start = place.checked_mul(width)?;
            let bytes = data.get(start..start.checked_add(width)?)?;
            values.push(match self.storage.kind {
                Kind::Float => f32::from_le_bytes(bytes.try_into().ok()?),
                Kind::Double => f64::from_le_bytes(bytes.try_into().ok()?) as f32,
                Kind::BFloat16 => f32::from_bits(u32::from(u16::from_le_bytes(bytes.try_into().ok()?)) << 16),
                Kind::Half | Kind::Other => super::checkpoint::f16_to_f32(u16::from_le_bytes(bytes.try_into().ok()?)),
            });
            for (i, size) in index.iter_mut().zip(&self.shape).rev() {
                *i += 1;
                if *i < *size {
                    break;
                }
                *i = 0;
            }
        }
        Some(values)
    }
}

type Shared<T> = Rc<std::cell::RefCell<T>>;

#[derive(Clone, Debug)]
enum Value {
    None,
    Bool,
    Int(i64),
    Float,
    Text(Rc<str>),
    Tuple(Rc<Vec<Value>>),
    List(Shared<Vec<Value>>),
    Dict(Shared<Vec<(Value, Value)>>),
    /// A name that may be called or stands for a kind of storage.
    Global(Global),
    Storage(Rc<Storage>),
    Tensor(Rc<TensorView>),
    Mark,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Global {
    OrderedDict,
    RebuildTensor,
    RebuildParameter,
    Kind(Kind),
}

fn global(module: &str, name: &str) -> Result<Value, String> {
    Ok(Value::Global(match (module, name) {
        ("collections", "OrderedDict") => Global::OrderedDict,
        ("torch._utils", "_rebuild_tensor_v2") => Global::RebuildTensor,
        ("torch._utils", "_rebuild_parameter") => Global::RebuildParameter,
        ("torch", "FloatStorage") => Global::Kind(Kind::Float),
        ("torch", "DoubleStorage") => Global::Kind(Kind::Double),
        ("torch", "HalfStorage") => Global::Kind(Kind::Half),
        ("torch", "BFloat16Storage") => Global::Kind(Kind::BFloat16),
        ("torch", "LongStorage" | "IntStorage" | "ShortStorage" | "CharStorage" | "ByteStorage" | "BoolStorage") => {
            Global::Kind(Kind::Other)
        }
        _ => {
            return Err(format!(
                "its pickle calls {module}.{name}, which no checkpoint needs: refused as unsafe"
            ));
        }
    }))
}

/// The part of Python's pickle machine that checkpoints use.
struct Machine<'a> {
    bytes: &'a [u8],
    position: usize,
    stack: Vec<Value>,
    memo: HashMap<u32, Value>,
    containers: usize,
}

/// Tuples, lists and dictionaries of a pickle: five for each tensor of a checkpoint. Nested in one another without bound
/// they would exhaust the stack.
const MAX_CONTAINERS: usize = 10_000;

impl<'a> Machine<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Machine {
            bytes,
            position: 0,
            stack: Vec::new(),
            memo: HashMap::new(),
            containers: 0,
        }
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], String> {
        let end = self.position.checked_add(count).filter(|&end| end <= self.bytes.len());
        let end = end.ok_or("its pickle is truncated")?;
        let bytes = &self.bytes[self.position..end];
        self.position = end;
        Ok(bytes)
    }

    fn number(&mut self, width: usize) -> Result<u64, String> {
        Ok(self
            .take(width)?
            .iter()
            .rev()
            .fold(0, |number, &byte| number << 8 | u64::from(byte)))
    }

    fn text(&mut self, length: u64) -> Result<Value, String> {
        let length = usize::try_from(length).map_err(|_| "its pickle is truncated")?;
        let text = std::str::from_utf8(self.take(length)?).map_err(|_| "its pickle holds text that is not UTF-8")?;
        Ok(Value::Text(text.into()))
    }

    fn line(&mut self) -> Result<&'a str, String> {
        let rest = &self.bytes[self.position..];
        let length = rest
            .iter()
            .position(|&byte| byte == b'\n')
            .ok_or("its pickle is truncated")?;
        let line = self.take(length + 1)?;
        std::str::from_utf8(&line[..length]).map_err(|_| "its pickle holds text that is not UTF-8".to_owned())
    }

    fn pop(&mut self) -> Result<Value, String> {
        self.stack
            .pop()
            .ok_or_else(|| "its pickle is damaged: nothing on the stack".to_owned())
    }

    fn pop_to_mark(&mut self) -> Result<Vec<Value>, String> {
        let mark = self.stack.iter().rposition(|value| matches!(value, Value::Mark));
        let mark = mark.ok_or("its pickle is damaged: no mark on the stack")?;
        let values = self.stack.split_off(mark + 1);
        self.stack.pop();
        Ok(values)
    }

    fn remember(&mut self, index: u32) -> Result<(), String> {
        let value = self
            .stack
            .last()
            .ok_or("its pickle is damaged: nothing on the stack")?
            .clone();
        self.memo.insert(index, value);
        Ok(())
    }

    fn recall(&mut self, index: u32) -> Result<(), String> {
        let value = self
            .memo
            .get(&index)
            .ok_or("its pickle is damaged: it recalls what was never remembered")?;
        self.stack.push(value.clone());
        Ok(())
    }

    fn append(&mut self, items: Vec<Value>) -> Result<(), String> {
        match self.stack.last() {
            Some(Value::List(list)) => list.borrow_mut().extend(items),
            _ => return Err("its pickle is damaged: it appends to no list".to_owned()),
        }
        Ok(())
    }

    fn set_items(&mut self, items: Vec<Value>) -> Result<(), String> {
        let Some(Value::Dict(dict)) = self.stack.last() else {
            return Err("its pickle is damaged: it sets items of no dictionary".to_owned());
        };
        let mut items = items.into_iter();
        while let (Some(key), Some(value)) = (items.next(), items.next()) {
            dict.borrow_mut().push((key, value));
        }
        Ok(())
    }

    fn tuple(&mut self, count: usize) -> Result<(), String> {
        let start = self
            .stack
            .len()
            .checked_sub(count)
            .ok_or("its pickle is damaged: nothing on the stack")?;
        let items = self.stack.split_off(start);
        self.stack.push(Value::Tuple(Rc::new(items)));
        Ok(())
    }

    fn run(mut self) -> Result<Value, String> {
        loop {
            let code = self.take(1)?[0];
            if matches!(code, b'}' | b']' | b')' | 0x85..=0x87 | b't' | b'R') {
                self.containers += 1;
                if self.containers > MAX_CONTAINERS {
                    return Err(format!("its pickle holds more than {MAX_CONTAINERS} containers"));
                }
            }
            match code {
                // PROTO, FRAME
                0x80 => drop(self.take(1)?),
                0x95 => drop(self.take(8)?),
                b'.' => return self.pop(),
                b'(' => self.stack.push(Value::Mark),
                b'0' => drop(self.pop()?),
                b'N' => self.stack.push(Value::None),
                0x88 | 0x89 => self.stack.push(Value::Bool),
                b'K' => {
                    let number = self.number(1)?;
                    self.stack.push(Value::Int(number as i64));
                }
                b'M' => {
                    let number = self.number(2)?;
                    self.stack.push(Value::Int(number as i64));
                }
                b'J' => {
                    let number = self.number(4)?;
                    self.stack.push(Value::Int(i64::from(number as u32 as i32)));
                }
                // LONG1
                0x8a => {
                    let width = self.number(1)? as usize;
                    if width > 8 {
                        return Err("its pickle holds a number of more than 64 bits".to_owned());
                    }
                    let shift = 64 - 8 * width as u32;
                    let number = self.number(width)?;
                    let number = if width == 0 {
                        0
                    } else {
                        ((number << shift) as i64) >> shift
                    };
                    self.stack.push(Value::Int(number));
                }
                b'G' => {
                    self.take(8)?;
                    self.stack.push(Value::Float);
                }
                b'X' | 0x8c | 0x8d => {
                    let width = [(b'X', 4), (0x8c, 1), (0x8d, 8)]
                        .iter()
                        .find(|entry| entry.0 == code)
                        .map_or(8, |entry| entry.1);
                    let length = self.number(width)?;
                    let text = self.text(length)?;
                    self.stack.push(text);
                }
                b'}' => self.stack.push(Value::Dict(Shared::default())),
                b']' => self.stack.push(Value::List(Shared::default())),
                b')' => self.tuple(0)?,
                0x85..=0x87 => self.tuple(usize::from(code - 0x84))?,
                b't' => {
                    let items = self.pop_to_mark()?;
                    self.stack.push(Value::Tuple(Rc::new(items)));
                }
                b'a' => {
                    let item = self.pop()?;
                    self.append(vec![item])?;
                }
                b'e' => {
                    let items = self.pop_to_mark()?;
                    self.append(items)?;
                }
                b's' => {
                    let (value, key) = (self.pop()?, self.pop()?);
                    self.set_items(vec![key, value])?;
                }
                b'u' => {
                    let items = self.pop_to_mark()?;
                    self.set_items(items)?;
                }
                b'q' => {
                    let index = self.number(1)?;
                    self.remember(index as u32)?;
                }
                b'r' => {
                    let index = self.number(4)?;
                    self.remember(index as u32)?;
                }
                0x94 => self.remember(self.memo.len() as u32)?,
                b'h' => {
                    let index = self.number(1)?;
                    self.recall(index as u32)?;
                }
                b'j' => {
                    let index = self.number(4)?;
                    self.recall(index as u32)?;
                }
                b'c' => {
                    let (module, name) = (self.line()?, self.line()?);
                    self.stack.push(global(module, name)?);
                }
                // STACK_GLOBAL
                0x93 => {
                    let (Value::Text(name), Value::Text(module)) = (self.pop()?, self.pop()?) else {
                        return Err("its pickle is damaged: a name that is no text".to_owned());
                    };
                    self.stack.push(global(&module, &name)?);
                }
                b'Q' => {
                    let id = self.pop()?;
                    self.stack.push(storage(&id)?);
                }
                b'R' => {
                    let (arguments, callee) = (self.pop()?, self.pop()?);
                    self.stack.push(call(&callee, &arguments)?);
                }
                // BUILD: `_metadata` of the state dictionary, of no use here.
                b'b' => drop(self.pop()?),
                other => {
                    return Err(format!(
                        "its pickle holds the operation {other:#04x}, which no checkpoint needs"
                    ));
                }
            }
        }
    }
}

/// `('storage', kind, key, device, length)`
fn storage(id: &Value) -> Result<Value, String> {
    if let Value::Tuple(parts) = id
        && let [
            Value::Text(tag),
            Value::Global(Global::Kind(kind)),
            Value::Text(key),
            ..,
        ] = parts.as_slice()
        && &**tag == "storage"
    {
        return Ok(Value::Storage(Rc::new(Storage {
            kind: *kind,
            key: key.to_string(),
        })));
    }
    Err("its pickle is damaged: a storage of unknown form".to_owned())
}

fn call(callee: &Value, arguments: &Value) -> Result<Value, String> {
    let damaged = || "its pickle is damaged: a tensor of unknown form".to_owned();
    let (Value::Global(global), Value::Tuple(arguments)) = (callee, arguments) else {
        return Err(damaged());
    };
    let sizes = |value: &Value| match value {
        Value::Tuple(items) => items
            .iter()
            .map(|item| match item {
                Value::Int(size) => usize::try_from(*size).ok(),
                _ => None,
            })
            .collect::<Option<Vec<usize>>>(),
        _ => None,
    };
    match (global, arguments.as_slice()) {
        (Global::OrderedDict, _) => Ok(Value::Dict(Shared::default())),
        (Global::RebuildParameter, [tensor @ Value::Tensor(_), ..]) => Ok(tensor.clone()),
        (Global::RebuildTensor, [Value::Storage(storage), Value::Int(offset), shape, strides, ..]) => {
            let (shape, strides) = (sizes(shape).ok_or_else(damaged)?, sizes(strides).ok_or_else(damaged)?);
            let offset = usize::try_from(*offset).map_err(|_| damaged())?;
            if shape.len() != strides.len() {
                return Err(damaged());
            }
            Ok(Value::Tensor(Rc::new(TensorView {
                storage: storage.clone(),
                offset,
                shape,
                strides,
            })))
        }
        _ => Err(damaged()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(bytes: &[u8]) -> Result<Value, String> {
        Machine::new(bytes).run()
    }

    #[test]
    fn foreign_names_are_refused() {
        // What `pickle.dumps` writes for an object whose __reduce__ is (os.system, ('true',)).
        let error = run(b"\x80\x02cposix\nsystem\nq\x00X\x04\x00\x00\x00trueq\x01\x85q\x02Rq\x03.").unwrap_err();
        assert!(error.contains("posix.system") && error.contains("unsafe"), "{error}");
        let error = run(b"\x80\x04\x8c\x08builtins\x8c\x04eval\x93.").unwrap_err();
        assert!(error.contains("builtins.eval"), "{error}");
    }

    #[test]
    fn damaged_pickles_are_errors() {
        for bytes in [
            &b""[..],
            b"\x80",
            b"X\xff\xff\xff\xff",
            b"h\x05.",
            b"R.",
            b"u.",
            b"\x86.",
            b"(t",
            b"\x8a\xff.",
            b"\x01",
        ] {
            assert!(run(bytes).is_err());
        }
    }

    #[test]
    fn tensors_are_read_by_their_strides() {
        let mut pickle =
            b"\x80\x02}X\x01\x00\x00\x00wctorch._utils\n_rebuild_tensor_v2\n((X\x07\x00\x00\x00storage".to_vec();
        pickle.extend(
            b"ctorch\nFloatStorage\nX\x01\x00\x00\x000X\x03\x00\x00\x00cpuK\x06tQK\x00K\x03K\x02\x86K\x01K\x03\x86\x89",
        );
        pickle.extend(b"ccollections\nOrderedDict\n)RtRs.");
        let Ok(Value::Dict(entries)) = run(&pickle) else {
            panic!("no dictionary")
        };
        let (_, Value::Tensor(tensor)) = entries.borrow()[0].clone() else {
            panic!("no tensor")
        };
        let data: Vec<u8> = (0..6).flat_map(|value| (value as f32).to_le_bytes()).collect();
        assert_eq!(tensor.shape, [3, 2]);
        // A transposed view of [[0, 1, 2], [3, 4, 5]].
        assert_eq!(tensor.values(&data).unwrap(), [0.0, 3.0, 1.0, 4.0, 2.0, 5.0]);
        assert!(tensor.values(&data[..20]).is_none());
    }
}
