import { testEveryOther } from './share.ts';

testEveryOther(2);
