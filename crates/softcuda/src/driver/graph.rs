//! Graphs: nodes with dependencies, and the executable form made of them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::mem::discriminant;
use std::sync::{Arc, Mutex, Weak};

use super::capture;
use super::event::{Event, Stamp};
use super::export::{Handle, Registry, new_handle};
use super::launch::AttributeValue;
use super::status::{Result, Status};
use super::stream::Stream;
use super::user_object::UserObject;
use super::work::Operation;

pub static GRAPHS: Registry<Graph> = Registry::new();
pub static EXECUTABLES: Registry<Executable> = Registry::new();
static NODES: Registry<Weak<Graph>> = Registry::new();

const MOST_NESTED: usize = 12;

#[derive(Clone)]
pub struct Node {
    pub handle: Handle,
    pub operation: Operation,
    pub after: Vec<Handle>,
    /// Of a child graph node.
    pub child: Option<Arc<Graph>>,
    /// Addresses of a kernel's arguments, for cuGraphKernelNodeGetParams.
    pub pointers: Arc<Vec<u64>>,
    /// Of a kernel node: launch attributes by number.
    pub attributes: BTreeMap<u32, AttributeValue>,
    /// The node of another graph that this one was cloned from.
    origin: Handle,
}

/// What a graph keeps alive, with how many references to it.
type Kept = Vec<(Arc<UserObject>, u32)>;

pub struct Graph {
    pub handle: Handle,
    this: Weak<Graph>,
    nodes: Mutex<Vec<Node>>,
    kept: Mutex<Kept>,
}

impl Drop for Graph {
    fn drop(&mut self) {
        for node in self.nodes.get_mut().unwrap_or_else(|poisoned| poisoned.into_inner()) {
            let _ = NODES.remove(node.handle);
        }
    }
}

impl Graph {
    pub fn new() -> Arc<Graph> {
        Arc::new_cyclic(|this| Graph {
            handle: new_handle(),
            this: this.clone(),
            nodes: Mutex::default(),
            kept: Mutex::default(),
        })
    }

    /// The graph that a node is in.
    pub fn of(node: Handle) -> Result<Arc<Graph>> {
        super::devices()?;
        NODES.get(node)?.upgrade().ok_or(Status::INVALID_HANDLE)
    }

    fn insert(
        &self,
        operation: Operation,
        after: &[Handle],
        child: Option<Arc<Graph>>,
        origin: Handle,
    ) -> Result<Handle> {
        let mut nodes = self.nodes.lock().unwrap();
        let mut unique: Vec<Handle> = Vec::new();
        for &dependency in after {
            if unique.contains(&dependency) || !nodes.iter().any(|node| node.handle == dependency) {
                return Err(Status::INVALID_VALUE);
            }
            unique.push(dependency);
        }
        let handle = new_handle();
        NODES.insert(handle, Arc::new(self.this.clone()));
        nodes.push(Node {
            handle,
            operation,
            after: unique,
            child,
            pointers: Arc::default(),
            attributes: BTreeMap::new(),
            origin,
        });
        Ok(handle)
    }

    pub fn add(&self, operation: Operation, after: &[Handle]) -> Result<Handle> {
        self.insert(operation, after, None, 0)
    }

    /// How deep child graphs nest.
    fn depth(&self) -> usize {
        let nodes = self.nodes();
        nodes
            .iter()
            .filter_map(|node| node.child.as_ref())
            .map(|child| 1 + child.depth())
            .max()
            .unwrap_or(0)
    }

    /// Adds a copy of `child`; nesting that only a runaway loop makes is refused.
    pub fn add_child(&self, child: &Graph, after: &[Handle]) -> Result<Handle> {
        if child.depth() >= MOST_NESTED {
            return Err(Status::OUT_OF_MEMORY);
        }
        self.insert(Operation::Graph(Arc::default()), after, Some(child.copy()?), 0)
    }

    pub fn contains(&self, node: Handle) -> bool {
        self.nodes.lock().unwrap().iter().any(|known| known.handle == node)
    }

    pub fn node(&self, handle: Handle) -> Result<Node> {
        let nodes = self.nodes.lock().unwrap();
        nodes
            .iter()
            .find(|node| node.handle == handle)
            .cloned()
            .ok_or(Status::INVALID_HANDLE)
    }

    pub fn nodes(&self) -> Vec<Node> {
        self.nodes.lock().unwrap().clone()
    }

    /// Changes a node's operation for another of its kind.
    pub fn replace(&self, handle: Handle, operation: Operation) -> Result {
        let mut nodes = self.nodes.lock().unwrap();
        let node = nodes
            .iter_mut()
            .find(|node| node.handle == handle)
            .ok_or(Status::INVALID_HANDLE)?;
        if discriminant(&node.operation) != discriminant(&operation) {
            return Err(Status::INVALID_VALUE);
        }
        node.operation = operation;
        Ok(())
    }

    pub fn set_pointers(&self, handle: Handle, pointers: Arc<Vec<u64>>) {
        let _ = self.change(handle, |node| node.pointers = pointers);
    }

    /// Changes what belongs to a node besides its operation's kind.
    pub fn change(&self, handle: Handle, change: impl FnOnce(&mut Node)) -> Result {
        let mut nodes = self.nodes.lock().unwrap();
        let node = nodes.iter_mut().find(|node| node.handle == handle);
        change(node.ok_or(Status::INVALID_HANDLE)?);
        Ok(())
    }

    /// Takes `number` references to a user object.
    pub fn keep(&self, object: Arc<UserObject>, number: u32) {
        let mut kept = self.kept.lock().unwrap();
        match kept.iter_mut().find(|(known, _)| known.handle == object.handle) {
            Some((_, references)) => *references = references.saturating_add(number),
            None => kept.push((object, number)),
        }
    }

    /// Gives back `number` of its references to a user object.
    pub fn let_go(&self, object: Handle, number: u32) -> Result {
        let mut kept = self.kept.lock().unwrap();
        let index = kept.iter().position(|(known, _)| known.handle == object);
        let index = index.ok_or(Status::INVALID_VALUE)?;
        let left = kept[index].1.checked_sub(number).ok_or(Status::INVALID_VALUE)?;
        kept[index].1 = left;
        let gone = (left == 0).then(|| kept.remove(index));
        // The destructor may call back: not while the list is locked.
        drop(kept);
        drop(gone);
        Ok(())
    }

    pub fn remove(&self, handle: Handle) -> Result {
        let mut nodes = self.nodes.lock().unwrap();
        let index = nodes
            .iter()
            .position(|node| node.handle == handle)
            .ok_or(Status::INVALID_HANDLE)?;
        nodes.remove(index);
        for node in nodes.iter_mut() {
            node.after.retain(|&dependency| dependency != handle);
        }
        NODES.remove(handle).map(|_| ())
    }

    pub fn add_edge(&self, from: Handle, to: Handle) -> Result {
        let mut nodes = self.nodes.lock().unwrap();
        if from == to || !nodes.iter().any(|node| node.handle == from) {
            return Err(Status::INVALID_VALUE);
        }
        let node = nodes
            .iter_mut()
            .find(|node| node.handle == to)
            .ok_or(Status::INVALID_VALUE)?;
        if node.after.contains(&from) {
            return Err(Status::INVALID_VALUE);
        }
        node.after.push(from);
        Ok(())
    }

    pub fn remove_edge(&self, from: Handle, to: Handle) -> Result {
        let mut nodes = self.nodes.lock().unwrap();
        let node = nodes
            .iter_mut()
            .find(|node| node.handle == to)
            .ok_or(Status::INVALID_VALUE)?;
        let index = node
            .after
            .iter()
            .position(|&known| known == from)
            .ok_or(Status::INVALID_VALUE)?;
        node.after.remove(index);
        Ok(())
    }

    /// The nodes given and all they depend on.
    pub fn ancestors(&self, of: &[Handle]) -> HashSet<Handle> {
        let nodes = self.nodes.lock().unwrap();
        let after: HashMap<Handle, &[Handle]> = nodes.iter().map(|node| (node.handle, &node.after[..])).collect();
        let mut found = HashSet::new();
        let mut open = of.to_vec();
        while let Some(node) = open.pop() {
            if found.insert(node) {
                open.extend_from_slice(after.get(&node).copied().unwrap_or_default());
            }
        }
        found
    }

    /// The nodes in an order that respects every dependency.
    ///
    /// # Errors
    /// INVALID_VALUE for a circle.
    fn sorted(&self) -> Result<Vec<Node>> {
        let mut left = self.nodes();
        let mut done = HashSet::new();
        let mut sorted = Vec::with_capacity(left.len());
        while !left.is_empty() {
            let before = left.len();
            left.retain(|node| {
                let ready = node.after.iter().all(|dependency| done.contains(dependency));
                if ready {
                    done.insert(node.handle);
                    sorted.push(node.clone());
                }
                !ready
            });
            if left.len() == before {
                return Err(Status::INVALID_VALUE);
            }
        }
        Ok(sorted)
    }

    /// A graph of its own with the same nodes.
    pub fn copy(&self) -> Result<Arc<Graph>> {
        let copy = Graph::new();
        let mut names = HashMap::new();
        for node in self.sorted()? {
            let after: Vec<Handle> = node.after.iter().map(|dependency| names[dependency]).collect();
            let child = node.child.as_ref().map(|child| child.copy()).transpose()?;
            let clone = copy.insert(node.operation, &after, child, node.handle)?;
            copy.change(clone, |copied| copied.attributes = node.attributes)?;
            names.insert(node.handle, clone);
        }
        copy.kept.lock().unwrap().clone_from(&self.kept.lock().unwrap());
        GRAPHS.insert(copy.handle, copy.clone());
        Ok(copy)
    }

    /// The node of this graph that was cloned from `origin`.
    pub fn clone_of(&self, origin: Handle) -> Result<Handle> {
        let nodes = self.nodes.lock().unwrap();
        nodes
            .iter()
            .find(|node| node.origin == origin)
            .map(|node| node.handle)
            .ok_or(Status::INVALID_VALUE)
    }

    /// A child graph node's operations, as they are now.
    fn operations(&self) -> Result<Vec<Operation>> {
        let mut operations = Vec::new();
        for node in self.sorted()? {
            match &node.child {
                Some(child) => operations.extend(child.operations()?),
                None => operations.push(node.operation),
            }
        }
        Ok(operations)
    }
}

struct Step {
    node: Handle,
    /// Positions of the steps it depends on.
    after: Vec<usize>,
    operations: Vec<Operation>,
    enabled: bool,
}

/// An instantiated graph.
pub struct Executable {
    pub handle: Handle,
    pub flags: u64,
    /// Held for as long as it may be launched.
    _kept: Kept,
    steps: Mutex<Vec<Step>>,
}

/// Why an update was refused (CUgraphExecUpdateResult).
pub enum Refusal {
    Error,
    TopologyChanged(Handle),
    TypeChanged(Handle),
}

fn steps(graph: &Graph) -> Result<Vec<Step>> {
    let mut positions = HashMap::new();
    let mut steps = Vec::new();
    for (index, node) in graph.sorted()?.into_iter().enumerate() {
        positions.insert(node.handle, index);
        let operations = match &node.child {
            Some(child) => child.operations()?,
            None => vec![node.operation],
        };
        let after = node.after.iter().map(|dependency| positions[dependency]).collect();
        steps.push(Step {
            node: node.handle,
            after,
            operations,
            enabled: true,
        });
    }
    Ok(steps)
}

impl Executable {
    pub fn new(graph: &Graph, flags: u64) -> Result<Arc<Executable>> {
        let executable = Arc::new(Executable {
            handle: new_handle(),
            flags,
            _kept: graph.kept.lock().unwrap().clone(),
            steps: Mutex::new(steps(graph)?),
        });
        EXECUTABLES.insert(executable.handle, executable.clone());
        Ok(executable)
    }

    /// Changes the operation that stands for a node of the graph it was made from.
    pub fn replace(&self, node: Handle, operations: Vec<Operation>) -> Result {
        let mut steps = self.steps.lock().unwrap();
        let step = steps
            .iter_mut()
            .find(|step| step.node == node)
            .ok_or(Status::INVALID_VALUE)?;
        let same = step.operations.len() == operations.len()
            && step
                .operations
                .iter()
                .zip(&operations)
                .all(|(old, new)| discriminant(old) == discriminant(new));
        if !same {
            return Err(Status::INVALID_VALUE);
        }
        step.operations = operations;
        Ok(())
    }

    pub fn child_operations(child: &Graph) -> Result<Vec<Operation>> {
        child.operations()
    }

    pub fn enabled(&self, node: Handle) -> Result<bool> {
        let steps = self.steps.lock().unwrap();
        steps
            .iter()
            .find(|step| step.node == node)
            .map(|step| step.enabled)
            .ok_or(Status::INVALID_VALUE)
    }

    pub fn enable(&self, node: Handle, enabled: bool) -> Result {
        let mut steps = self.steps.lock().unwrap();
        let step = steps
            .iter_mut()
            .find(|step| step.node == node)
            .ok_or(Status::INVALID_VALUE)?;
        match step.operations.first() {
            Some(Operation::Kernel(_) | Operation::Copy(_) | Operation::Fill(_)) => step.enabled = enabled,
            _ => return Err(Status::INVALID_VALUE),
        }
        Ok(())
    }

    /// Takes over the parameters of a graph of the same shape.
    pub fn update(&self, graph: &Graph) -> std::result::Result<(), Refusal> {
        let new = steps(graph).map_err(|_| Refusal::Error)?;
        let mut old = self.steps.lock().unwrap();
        if old.len() != new.len() {
            return Err(Refusal::TopologyChanged(0));
        }
        for (old, new) in old.iter().zip(&new) {
            if old.operations.len() != new.operations.len() || old.after != new.after {
                return Err(Refusal::TopologyChanged(new.node));
            }
            let mut pairs = old.operations.iter().zip(&new.operations);
            if !pairs.all(|(old, new)| discriminant(old) == discriminant(new)) {
                return Err(Refusal::TypeChanged(new.node));
            }
        }
        for (old, new) in old.iter_mut().zip(new) {
            old.operations = new.operations;
        }
        Ok(())
    }

    pub fn launch(&self, stream: &Stream) -> Result {
        let mut after = Vec::new();
        let mut records: Vec<(Arc<Event>, Arc<Stamp>)> = Vec::new();
        let mut operations = Vec::new();
        for step in self.steps.lock().unwrap().iter().filter(|step| step.enabled) {
            for operation in &step.operations {
                match operation {
                    // What is waited for is what was recorded before this launch.
                    Operation::WaitEvent(event) => after.extend(event.ticket()),
                    Operation::Record(event, _) => {
                        let stamp = Arc::new(Stamp::default());
                        records.push((event.clone(), stamp.clone()));
                        operations.push(Operation::Record(event.clone(), stamp));
                    }
                    other => operations.push(other.clone()),
                }
            }
        }
        let operation = Operation::Graph(Arc::new(operations));
        if capture::record(stream, &operation)? {
            return Ok(());
        }
        let ticket = stream.enqueue(operation, after)?;
        for (event, stamp) in records {
            event.set_recorded(ticket.clone(), stamp);
        }
        Ok(())
    }
}
