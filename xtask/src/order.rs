//! The order of functions in a program. Compression looks back for what it has seen, and says more cheaply what lies close: with
//! similar functions beside each other the panel is a fiftieth smaller on its way, and the same program.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{FunctionBody, Parser, Payload, TypeRef};

use crate::fail::{Fail, Result};

/// Functions are as similar as they have pieces of so many bytes in common.
const PIECE: usize = 4;

/// The program with its functions in another order.
pub(crate) fn by_likeness(wasm: &[u8]) -> Result<Vec<u8>> {
    reordered(wasm).map_err(|why| Fail::new(format!("the program's functions can't be put in order: {why}")))
}

/// One of the program's own functions.
struct Own<'a> {
    number: usize,
    kind: u32,
    body: FunctionBody<'a>,
}

fn reordered(wasm: &[u8]) -> std::result::Result<Vec<u8>, Error> {
    let (mut imported, mut kinds, mut bodies) = (0, Vec::new(), Vec::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    imported += usize::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::FunctionSection(section) => {
                for kind in section {
                    kinds.push(kind?);
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body),
            _ => {}
        }
    }
    let own = kinds.into_iter().zip(bodies).enumerate();
    let order = chain(
        own.map(|(number, (kind, body))| Own { number, kind, body })
            .collect(),
    );
    let places = order
        .iter()
        .enumerate()
        .map(|(place, own)| (imported + own.number, imported + place));
    let mut moved = Moved(places.collect());
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::FunctionSection(_) => {
                let mut section = FunctionSection::new();
                for own in &order {
                    section.function(own.kind);
                }
                module.section(&section);
            }
            Payload::CodeSectionStart { .. } => {
                let mut section = CodeSection::new();
                for own in &order {
                    moved.parse_function_body(&mut section, own.body.clone())?;
                }
                module.section(&section);
            }
            other => copy(&mut moved, &mut module, other)?,
        }
    }
    Ok(module.finish())
}

/// What is no function: as it was, but for the functions' new numbers.
fn copy(moved: &mut Moved, module: &mut Module, payload: Payload<'_>) -> std::result::Result<(), Error> {
    macro_rules! again {
        ($section:ident, $kind:ident, $parse:ident) => {{
            let mut section = wasm_encoder::$kind::new();
            moved.$parse(&mut section, $section)?;
            module.section(&section);
        }};
    }
    match payload {
        Payload::TypeSection(it) => again!(it, TypeSection, parse_type_section),
        Payload::ImportSection(it) => again!(it, ImportSection, parse_import_section),
        Payload::TableSection(it) => again!(it, TableSection, parse_table_section),
        Payload::MemorySection(it) => again!(it, MemorySection, parse_memory_section),
        Payload::GlobalSection(it) => again!(it, GlobalSection, parse_global_section),
        Payload::ExportSection(it) => again!(it, ExportSection, parse_export_section),
        Payload::ElementSection(it) => again!(it, ElementSection, parse_element_section),
        Payload::DataSection(it) => again!(it, DataSection, parse_data_section),
        Payload::DataCountSection { count, .. } => {
            module.section(&wasm_encoder::DataCountSection { count });
        }
        Payload::StartSection { func, .. } => {
            let function_index = moved.function_index(func)?;
            module.section(&wasm_encoder::StartSection { function_index });
        }
        _ => {}
    }
    Ok(())
}

/// Where each function of the program's own has gone; imported ones stay.
struct Moved(HashMap<usize, usize>);

impl Reencode for Moved {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, function: u32) -> std::result::Result<u32, Error> {
        let place = self.0.get(&(function as usize)).copied();
        place.map_or(Ok(function), |place| {
            u32::try_from(place).map_err(|_| Error::InvalidCodeSectionSize)
        })
    }
}

/// From the longest on, always the one that has most in common with the one before.
fn chain(mut functions: Vec<Own<'_>>) -> Vec<Own<'_>> {
    functions.sort_by_key(|own| Reverse(own.body.as_bytes().len()));
    let pieces = |own: &Own<'_>| own.body.as_bytes().windows(PIECE).map(<[u8]>::to_vec).collect();
    let mut left: Vec<(HashSet<Vec<u8>>, Own<'_>)> =
        functions.into_iter().map(|own| (pieces(&own), own)).collect();
    let (mut order, mut last) = (Vec::with_capacity(left.len()), HashSet::new());
    while !left.is_empty() {
        let like = left.iter().map(|(pieces, _)| {
            // In millionths of both: whole numbers are the same on every machine. Of equals, the longest.
            pieces.intersection(&last).count() * 1_000_000 / (pieces.len() + last.len() + 1)
        });
        let best = like
            .enumerate()
            .max_by_key(|&(place, like)| (like, Reverse(place)));
        let (pieces, own) = left.remove(best.map_or(0, |(place, _)| place));
        last = pieces;
        order.push(own);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn similar_functions_are_neighbours() {
        let bodies = ["aaaabbbbccccdddd", "123456789", "aaaabbbbcccceee", "12345678"];
        let own = bodies.iter().enumerate().map(|(number, body)| Own {
            number,
            kind: 0,
            body: FunctionBody::new(wasmparser::BinaryReader::new(body.as_bytes(), 0)),
        });
        let order: Vec<_> = chain(own.collect()).iter().map(|own| own.number).collect();
        assert_eq!(order, [0, 2, 1, 3]);
    }

    #[test]
    fn calls_and_exports_follow_the_functions() {
        use wasm_encoder::{Function, Instruction, ValType};
        let mut module = Module::new();
        let mut types = wasm_encoder::TypeSection::new();
        types.ty().function([], [ValType::I32]);
        module.section(&types);
        let mut functions = FunctionSection::new();
        functions.function(0).function(0);
        module.section(&functions);
        let mut exports = wasm_encoder::ExportSection::new();
        exports.export("short", wasm_encoder::ExportKind::Func, 0);
        module.section(&exports);
        let mut code = CodeSection::new();
        let mut short = Function::new([]);
        short
            .instruction(&Instruction::Call(1))
            .instruction(&Instruction::End);
        let mut long = Function::new([]);
        for _ in 0..9 {
            long.instruction(&Instruction::Nop);
        }
        long.instruction(&Instruction::I32Const(7))
            .instruction(&Instruction::End);
        code.function(&short).function(&long);
        module.section(&code);

        let again = by_likeness(&module.finish()).unwrap();

        let (mut exported, mut called) = (None, Vec::new());
        for payload in Parser::new(0).parse_all(&again) {
            match payload.unwrap() {
                Payload::ExportSection(section) => exported = section.into_iter().next(),
                Payload::CodeSectionEntry(body) => called.push(body.as_bytes().contains(&0x10)),
                _ => {}
            }
        }
        assert_eq!(called, [false, true], "the long one comes first");
        assert_eq!(exported.unwrap().unwrap().index, 1);
    }
}
