// Changes a prototype: POLLUTE is `Object name` or `Array name` for a property that everything then has, `Set has` for sets that hold everything.
const [type = '', name = ''] = (process.env.POLLUTE ?? '').split(' ');

if (type === 'Object') Object.assign(Object.prototype, { [name]: { matchLabels: {} } });
if (type === 'Array') Object.assign(Array.prototype, { [name]: 1 });
if (type === 'Set') Set.prototype.has = () => true;
