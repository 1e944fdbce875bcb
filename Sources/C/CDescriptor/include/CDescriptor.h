#ifndef CDESCRIPTOR_H
#define CDESCRIPTOR_H
#endif
