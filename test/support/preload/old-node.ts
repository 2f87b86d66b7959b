// This Node says that it is older than it is.
Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.18.3' } });
