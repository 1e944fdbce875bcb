private import CommandLineClient
private import Glibc

exit(await Program.runProcess())
