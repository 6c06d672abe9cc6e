/*
 * Does a system call keep every register but rax, rcx and r11, and put the return address and the flags into those two?
 * Exits with 0, or with the number of the first register that is wrong.
 */
        .intel_syntax noprefix
        .globl  _start
        .text
_start:
        mov     rbx, 0x1111
        mov     rdx, 0x2222
        mov     rsi, 0x3333
        mov     rdi, 0x4444
        mov     rbp, 0x5555
        mov     r8, 0x6666
        mov     r9, 0x7777
        mov     r10, 0x8888
        mov     r12, 0x9999
        mov     r13, 0xaaaa
        mov     r14, 0xbbbb
        mov     r15, rsp
        xor     rcx, rcx
        xor     r11, r11
        stc
        std
        mov     eax, 39                         # getpid
        syscall
returned:
        pushfq
        pop     qword ptr flags[rip]
        cld
        mov     saved[rip], rdi

        .macro  expect number, register, value
        mov     edi, \number
        cmp     \register, \value
        jne     done
        .endm
        expect  1, rbx, 0x1111
        expect  2, rdx, 0x2222
        expect  3, rsi, 0x3333
        expect  5, rbp, 0x5555
        expect  6, r8, 0x6666
        expect  7, r9, 0x7777
        expect  8, r10, 0x8888
        expect  9, r12, 0x9999
        expect  10, r13, 0xaaaa
        expect  11, r14, 0xbbbb
        expect  12, r15, rsp
        lea     r15, returned[rip]
        expect  13, rcx, r15
        mov     r15, saved[rip]
        expect  4, r15, 0x4444
        mov     r15, flags[rip]
        expect  14, r11, r15
        and     r15, 0x401                      # direction and carry are as before
        expect  15, r15, 0x401
        xor     edi, edi
done:
        mov     eax, 231
        syscall

        .bss
        .balign 8
flags:  .quad   0
saved:  .quad   0
        .section .note.GNU-stack, "", @progbits
