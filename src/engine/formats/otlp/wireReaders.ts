/** The three framings of OTLP in protobuf, for any of its signals. */
import type { BinaryReader } from '../types'
import { fieldOneMatch, type LeafTest, prefixedBigEndianMatch, prefixedVarintMatch } from './wireMatch'
import { type EmitLeaf, openRequests, openResources } from './wireSession'

export function binaryReaders(isLeaf: LeafTest, emit: EmitLeaf): readonly BinaryReader[] {
  return [
    { framing: 'protobuf-field-1', match: fieldOneMatch(isLeaf), open: openResources(emit) },
    { framing: 'length-prefixed-be32', match: prefixedBigEndianMatch(isLeaf), open: openRequests(emit) },
    { framing: 'length-prefixed-varint', match: prefixedVarintMatch(isLeaf), open: openRequests(emit) },
  ]
}
