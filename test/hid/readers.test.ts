// In one file, one after the other: the readers share a machine, and what is fetched for it.
import './pcprox.ts';
import './families.ts';
