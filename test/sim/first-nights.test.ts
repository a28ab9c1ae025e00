import { testNights } from './nights.ts';

testNights(1);
