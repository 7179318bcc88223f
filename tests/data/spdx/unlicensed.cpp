// Nobody said under which licence this may be used.
int main() { }
