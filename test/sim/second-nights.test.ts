import { HALF, testNights } from './nights.ts';

testNights(1 + HALF);
