// This Node says that it is one of 32 bits.
Object.defineProperty(process, 'arch', { value: 'ia32' });
