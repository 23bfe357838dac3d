import { memoryStore } from '../../src/verifier/memory.ts';
import { storeConformance } from './conformance.ts';

storeConformance('memory', memoryStore);
