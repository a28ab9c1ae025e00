@rem npm scripts begin with "exec", so that signals reach the program itself; here it is nothing.
@%*
