// What the bundle holds in the place of react-devtools-core, which Ink uses only when DEV=true but always finds a way to.
const devtools = {initialize() {}, connectToDevTools() {}};

export default devtools;
