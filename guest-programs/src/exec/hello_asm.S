/* Does a program without any C library start, write and exit? */
        .intel_syntax noprefix
        .globl  _start
        .text
_start:
        mov     eax, 1                  # write(1, message, length)
        mov     edi, 1
        lea     rsi, message[rip]
        mov     edx, offset length
        syscall
        cmp     rax, offset length
        jne     failed
        mov     eax, 60                 # exit(7)
        mov     edi, 7
        syscall
failed:
        mov     eax, 60
        mov     edi, 1
        syscall
        hlt

        .section .rodata
message:
        .ascii  "Hello from assembly\n"
        .set    length, . - message
        .section .note.GNU-stack, "", @progbits
